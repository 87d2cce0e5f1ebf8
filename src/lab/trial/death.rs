//! How a child died that left no answer, and what kept one from its work.

use std::fmt;
use std::process::ExitStatus;
use std::time::Duration;

use super::left::Left;
use super::{Job, UNABLE};
use crate::explore::Engine;
use crate::report::{Death, End, Failure, Kind, Report, Stop, Why};

/// How a child begins to say that it could not do its work.
pub(super) const TOLD: &str = "racelab: ";

/// What kept a child from its work, in a sentence: nothing that can be laid at the scenario's door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unable(String);

impl fmt::Display for Unable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unable {}

/// What kept it from its work, where that was not the scenario.
pub(super) fn unable(child: &Left) -> Option<Unable> {
    let status = child.status.filter(|_| child.answer.is_none())?;
    let lines = || child.output.lines().rev();
    if status.code() == Some(UNABLE) {
        let told = lines().find_map(|line| line.strip_prefix(TOLD));
        return told.map(|told| Unable(told.to_string()));
    }
    if child.output.contains("failed to spawn thread") {
        let why = "the system has no room for another thread: more are running than one user may \
                   have (`ulimit -u` says how many), or memory is short";
        return Some(Unable(why.to_string()));
    }
    let signal = from_outside(status)?;
    Some(Unable(format!(
        "a child process was ended from outside ({signal}): by somebody, by a limit of the shell \
         (`ulimit -a`), or by the system, which does so where memory is short. Try again with more \
         room; if it comes to that each time, it is the code that does it"
    )))
}

/// The signal that ended it, where a program seldom does that to itself.
#[cfg(unix)]
fn from_outside(status: ExitStatus) -> Option<String> {
    const OUTSIDE: [i32; 8] = [
        libc::SIGKILL,
        libc::SIGTERM,
        libc::SIGINT,
        libc::SIGHUP,
        libc::SIGQUIT,
        libc::SIGXCPU,
        libc::SIGXFSZ,
        libc::SIGALRM,
    ];
    let signal = std::os::unix::process::ExitStatusExt::signal(&status)?;
    OUTSIDE.contains(&signal).then(|| status.to_string())
}

#[cfg(not(unix))]
fn from_outside(_: ExitStatus) -> Option<String> {
    None
}

/// The report of a child that left none.
pub(super) fn died(job: &Job, child: &Left, deadline: Duration, elapsed: Duration) -> Report {
    let seconds = elapsed.as_secs_f64();
    if child.status.is_none() && child.moving && !job.engine.hardware() {
        // A machine that is busy, and a search that went on: nothing is known of what it would find.
        let late = End::Cut(Stop::Late(deadline.as_secs_f64()));
        let executions = child.executions;
        return Report { seconds, executions, ..Report::new(job.engine.facts(), late) };
    }
    let (kind, death) = death(child, deadline, Some(job.engine), !job.engine.hardware());
    Report {
        failing: 1,
        failure: Some(Failure::told(kind, Why::Died(death), Vec::new())),
        seconds,
        ..Report::new(job.engine.facts(), End::Cut(Stop::ProcessEnded))
    }
}

/// How a child died that left no answer. `engine` is what it explored with, if it did; `watched`
/// says whether it told that executions come to their ends.
pub(super) fn death(
    child: &Left,
    deadline: Duration,
    engine: Option<&dyn Engine>,
    watched: bool,
) -> (Kind, Death) {
    let output = child.output.as_str();
    let panic = panicked(output);
    match child.status {
        None => {
            let stuck = watched && !child.moving;
            (Kind::Hang, Death::Late { seconds: deadline.as_secs_f64(), stuck })
        }
        Some(status) if output.contains("memory allocation of") => {
            (Kind::OutOfMemory, Death::OutOfMemory(status.to_string()))
        }
        Some(status) if output.contains("overflowed its stack") => {
            (Kind::Crash, Death::Overflow(status.to_string()))
        }
        Some(status) => match (crash(status, engine, last(output)), panic) {
            (Death::Exited { .. }, Some(said)) => (Kind::Panic, Death::Panicked(said)),
            (Death::Aborted(_), Some(said)) => (Kind::Crash, Death::Aborted(said)),
            (death, _) => (Kind::Crash, death),
        },
    }
}

fn last(output: &str) -> String {
    let mut lines = output.lines().rev().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default().to_string()
}

/// What the first panic said that was printed, and where.
fn panicked(output: &str) -> Option<String> {
    let (_, after) = output.split_once(" panicked at ")?;
    let (place, said) = after.split_once('\n')?;
    let place = place.trim_end().trim_end_matches(':');
    // The column says nothing.
    let place = place.rsplit_once(':').map_or(place, |(place, _)| place);
    let place = place.rsplit(['/', '\\']).next().unwrap_or(place);
    let notes = ["note: ", "stack backtrace:", "thread '"];
    let said = said.lines().take_while(|line| !notes.iter().any(|note| line.starts_with(note)));
    let said: Vec<&str> = said.map(str::trim).filter(|line| !line.is_empty()).collect();
    let said = said.join(" ");
    // A checker passes on what it caught, with its place.
    let passed_on = said.ends_with(')') && said.contains(".rs:");
    Some(if passed_on { said } else { format!("{said} ({place})") })
}

fn crash(status: ExitStatus, engine: Option<&dyn Engine>, last: String) -> Death {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let status = status.to_string();
        return match signal {
            libc::SIGSEGV | libc::SIGBUS => {
                Death::BadAccess { status, stack: engine.and_then(|engine| engine.stack()) }
            }
            libc::SIGABRT => Death::Aborted(last),
            _ => Death::Killed(status),
        };
    }
    let _ = engine;
    match status.code() {
        Some(0) => Death::EndedEarly,
        _ => Death::Exited { status: status.to_string(), last },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_by_its_words_and_its_line() {
        let output = "said before\nthread 'main' (7) panicked at src/a/x_race.rs:12:5:\njudge!\n\
                      note: Some details are omitted, run with `RUST_BACKTRACE=full`\n";
        assert_eq!(panicked(output).as_deref(), Some("judge! (x_race.rs:12)"));
        let passed_on = "thread 'main' panicked at driver.rs:9:9:\njudge! (x_race.rs:12)\n";
        assert_eq!(panicked(passed_on).as_deref(), Some("judge! (x_race.rs:12)"));
        assert_eq!(panicked("nothing of the kind"), None);
    }
}
