//! Why an execution failed, in a sentence.

use std::fmt;

use crate::op::Kind;
use crate::report::{Access, Conflict, Death, Does, Edge, EdgeEnd, Failure, Wait, Why};

/// Why a failure is one, without a full stop; more than one line where an engine says so.
pub fn why(failure: &Failure) -> String {
    match &failure.why {
        Why::Unknown => failure.kind.words().to_string(),
        why => reason(why),
    }
}

/// The same of a reason alone; nothing where none is known.
pub fn reason(why: &Why) -> String {
    match why {
        Why::Outcome { id, reason, judge_read_old } => {
            let old = "\nthe judge read a value older than the last one stored: stores that nothing \
                       orders may count in either order";
            format!("{id}: {reason}{}", if *judge_read_old { old } else { "" })
        }
        Why::Conflict(conflict) => {
            let edge = conflict.missing.as_ref().map(|edge| format!("\n{}", self::missing(edge)));
            self::conflict(conflict) + &edge.unwrap_or_default()
        }
        Why::NeverAllocated(by) => {
            format!("memory is freed that never was allocated: {}", access(by))
        }
        Why::Deadlock(waits) => {
            let waits: Vec<String> = waits.iter().map(wait).collect();
            if waits.is_empty() { "no thread can go on".to_string() } else { waits.join("; ") }
        }
        Why::Livelock(who) => {
            let wait = if who.len() == 1 { "waits" } else { "wait" };
            format!("{} {wait} in a loop for a change that nobody can make", who.join(" and "))
        }
        Why::Panic { actor, said } => {
            format!("{} panicked: {said}", actor.as_deref().unwrap_or("an actor"))
        }
        Why::Died(how) => death(how),
        Why::Said(words) => words.clone(),
        Why::Unknown => String::new(),
    }
}

/// The first line of it.
pub fn first_line(why: &Why) -> String {
    reason(why).lines().next().unwrap_or_default().to_string()
}

/// What would order two accesses: `reader's load of flag (Relaxed, a.rs:9) reads what writer's store
/// (Release, a.rs:4) wrote: with Acquire there the two would be ordered`.
fn missing(Edge { object, write, read }: &Edge) -> String {
    let wanted = match (write.weak, read.weak) {
        (true, true) => "with Release and Acquire",
        (true, false) => "with Release for the write",
        (false, _) => "with Acquire for the read",
    };
    let side = |end: &EdgeEnd| format!("{}, {}:{}", end.ordering, end.file, end.line);
    format!(
        "{}'s {} of {object} ({}) reads what {}'s {} ({}) wrote: {wanted} they would be in order",
        read.actor,
        read.op,
        side(read),
        write.actor,
        write.op,
        side(write),
    )
}

fn conflict(Conflict { object, first, second, .. }: &Conflict) -> String {
    let accesses = format!("{}, {}", access(first), access(second));
    if first.does == Does::Streams {
        return format!(
            "{object} may still be on its way past the caches when it is released: {accesses}, and no \
             drain() comes between"
        );
    }
    let behind = match (first.does, second.does) {
        (Does::Publishes, Does::Follows) => Some("read before it is published"),
        (Does::Drops, Does::Follows) => Some("read after it is freed"),
        (Does::Changes, Does::Follows) => Some("read while it may be changed"),
        (Does::Follows, Does::Changes) => Some("changed while it may be read"),
        (Does::Changes | Does::Publishes, Does::Changes) => Some("changed by two at once"),
        (Does::Publishes | Does::Follows | Does::Changes, Does::Drops) => {
            Some("freed while it may be read")
        }
        _ => None,
    };
    if let Some(what) = behind {
        return format!("what lies behind {object} is {what}: {accesses}");
    }
    if (first.does, second.does) == (Does::Frees, Does::Frees) {
        return format!("memory is freed twice: {accesses}");
    }
    if first.does == Does::Drops && first.actor == second.actor {
        return format!("{object} is used after its end: {accesses}");
    }
    format!("nothing orders two accesses to {object}: {accesses}")
}

fn access(access: &Access) -> String {
    let verb = match access.does {
        Does::Reads => "reads",
        Does::Writes => "writes",
        Does::Uses => "uses it",
        Does::Makes => "makes it",
        Does::Drops => "drops it",
        Does::Frees => "frees it",
        Does::Streams => "streams it",
        Does::Releases => "releases",
        Does::Publishes => "stores the pointer",
        Does::Follows => "reads it",
        Does::Changes => "changes it",
    };
    let Access { actor, file, line, .. } = access;
    match file.as_str() {
        file if access.does == Does::Changes && !file.is_empty() => {
            format!("{actor} {verb} after {file}:{line}")
        }
        "" => format!("{actor} {verb}"),
        file => format!("{actor} {verb} at {file}:{line}"),
    }
}

fn wait(Wait { actor, kind, object, holder }: &Wait) -> String {
    let what = if object.is_empty() { "something" } else { object };
    match kind {
        Kind::Lock | Kind::ReadLock => match holder {
            Some(holder) if holder == actor => {
                format!("{actor} waits for {what}, which it holds itself")
            }
            Some(holder) => format!("{actor} waits for {what}, which {holder} holds"),
            None if *kind == Kind::Lock => format!("{actor} waits for {what}, which readers hold"),
            None => format!("{actor} cannot go on"),
        },
        // Under loom a wait is one operation.
        Kind::Wait | Kind::Wake => format!("{actor} waits for a notification that has been missed"),
        Kind::Park => format!("{actor} is parked, and nobody unparks it"),
        Kind::Join => format!("{actor} waits for a thread to end"),
        Kind::OnceBegin => format!("{actor} waits for {what}, which is being made"),
        Kind::OnceWait => format!("{actor} waits for {what}, which nobody makes"),
        Kind::Leave => format!("{actor} waits at a barrier that not all come to"),
        Kind::SyncSend => format!("{actor} waits for room in a channel that is full"),
        Kind::Taken => format!("{actor} waits for somebody to take its message"),
        Kind::Recv => format!("{actor} waits for a message that nobody sends"),
        Kind::Local
        | Kind::Load
        | Kind::Store
        | Kind::Rmw
        | Kind::Fence
        | Kind::Drain
        | Kind::CellRead
        | Kind::CellWrite
        | Kind::TryLock
        | Kind::TryReadLock
        | Kind::Unlock
        | Kind::ReadUnlock
        | Kind::NotifyOne
        | Kind::NotifyAll
        | Kind::Spawn
        | Kind::Unpark
        | Kind::Yield
        | Kind::Doze
        | Kind::LineUp
        | Kind::End
        | Kind::WakeTimeout
        | Kind::ParkTimeout
        | Kind::Look
        | Kind::OnceFound
        | Kind::OnceEnd
        | Kind::Arrive
        | Kind::AddSender
        | Kind::Send
        | Kind::TrySend
        | Kind::Ready
        | Kind::TryRecv
        | Kind::RecvTimeout
        | Kind::HangUp => format!("{actor} cannot go on"),
    }
}

/// How a process ended that left no answer.
pub fn death(how: &Death) -> String {
    match how {
        Death::Late { seconds, stuck } => {
            let hint = match stuck {
                true => {
                    ": one execution did not end. Something in it waits for what the checkers do \
                     not see, a lock or an atomic that is not of rt's, or goes round for ever \
                     without an operation"
                }
                false => "",
            };
            format!("it did not end within {seconds:.1} s and was stopped{hint}")
        }
        Death::OutOfMemory(status) => format!("it used up its memory ({status})"),
        Death::Overflow(status) => format!("a thread overflowed its stack ({status})"),
        Death::BadAccess { status, stack } => {
            let stack = stack.map(|size| format!(", which is {size} KiB under this checker"));
            format!(
                "it touched memory that it does not have ({status}): most likely a thread \
                 overflowed its stack{}",
                stack.unwrap_or_default()
            )
        }
        Death::Aborted(last) if last.is_empty() => "it aborted, and said nothing".to_string(),
        Death::Aborted(last) => format!("it aborted: {last}"),
        Death::Panicked(said) => format!(
            "it panicked outside of its actors, in the judge or where the memory is made or dropped: \
             {said}"
        ),
        Death::Killed(status) => format!("it was killed ({status})"),
        Death::EndedEarly => "it ended the process before the exploration was over".to_string(),
        Death::Exited { status, last } => format!("it ended the process ({status}): {last}"),
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&reason(self))
    }
}
