//! How a child died that left no answer, in words.

use std::process::ExitStatus;
use std::time::Duration;

use super::{Job, Left};
use crate::explore::Engine;
use crate::report::{End, Failure, Kind, Report, Stop};

/// The report of a child that left none.
pub(super) fn died(job: &Job, child: &Left, deadline: Duration, elapsed: Duration) -> Report {
    let (kind, why) = death(child, deadline, Some(job.engine));
    Report {
        failing: 1,
        failure: Some(Failure::told(kind, why, Vec::new())),
        seconds: elapsed.as_secs_f64(),
        ..Report::new(job.engine.facts(), End::Cut(Stop::ProcessEnded))
    }
}

/// How a child died that left no answer. `engine` is what it explored with, if it did.
pub(super) fn death(
    child: &Left,
    deadline: Duration,
    engine: Option<&dyn Engine>,
) -> (Kind, String) {
    let output = child.output.as_str();
    let last = output.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    match child.status {
        None => {
            let seconds = deadline.as_secs_f64();
            let checker = engine.is_none_or(|engine| !engine.hardware());
            let hint = match child.stuck && checker {
                true => {
                    ": one execution did not end. Something in it waits for what the checkers do \
                     not see, a lock or an atomic that is not of rt's, or goes round for ever \
                     without an operation"
                }
                false => "",
            };
            (Kind::Hang, format!("it did not end within {seconds:.1} s and was stopped{hint}"))
        }
        Some(status) if output.contains("memory allocation of") => {
            (Kind::OutOfMemory, format!("it used up its memory ({status})"))
        }
        Some(status) if output.contains("overflowed its stack") => {
            (Kind::Crash, format!("a thread overflowed its stack ({status})"))
        }
        Some(status) => (Kind::Crash, crash(status, engine, last)),
    }
}

fn crash(status: ExitStatus, engine: Option<&dyn Engine>, last: &str) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let stack = engine.and_then(|engine| engine.stack());
        let stack = stack.map(|size| format!(", which is {size} KiB under this checker"));
        let stack = stack.unwrap_or_default();
        return match signal {
            libc::SIGSEGV | libc::SIGBUS => format!(
                "it touched memory that it does not have ({status}): most likely a thread \
                 overflowed its stack{stack}"
            ),
            libc::SIGABRT => format!("it aborted: {last}"),
            _ => format!("it was killed ({status})"),
        };
    }
    let _ = engine;
    match status.code() {
        Some(0) => "it ended the process before the exploration was over".to_string(),
        _ => format!("it ended the process ({status}): {last}"),
    }
}
