//! How a child died that left no answer.

use std::process::ExitStatus;
use std::time::Duration;

use super::{Job, Left};
use crate::explore::Engine;
use crate::report::{Death, End, Failure, Kind, Report, Stop, Why};

/// The report of a child that left none.
pub(super) fn died(job: &Job, child: &Left, deadline: Duration, elapsed: Duration) -> Report {
    let (kind, death) = death(child, deadline, Some(job.engine));
    Report {
        failing: 1,
        failure: Some(Failure::told(kind, Why::Died(death), Vec::new())),
        seconds: elapsed.as_secs_f64(),
        ..Report::new(job.engine.facts(), End::Cut(Stop::ProcessEnded))
    }
}

/// How a child died that left no answer. `engine` is what it explored with, if it did.
pub(super) fn death(
    child: &Left,
    deadline: Duration,
    engine: Option<&dyn Engine>,
) -> (Kind, Death) {
    let output = child.output.as_str();
    let last = output.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    match child.status {
        None => {
            let checker = engine.is_none_or(|engine| !engine.hardware());
            let stuck = child.stuck && checker;
            (Kind::Hang, Death::Late { seconds: deadline.as_secs_f64(), stuck })
        }
        Some(status) if output.contains("memory allocation of") => {
            (Kind::OutOfMemory, Death::OutOfMemory(status.to_string()))
        }
        Some(status) if output.contains("overflowed its stack") => {
            (Kind::Crash, Death::Overflow(status.to_string()))
        }
        Some(status) => (Kind::Crash, crash(status, engine, last.to_string())),
    }
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
