//! A closure that is one whole program: the end of its threads, panics that nobody hears, and what is
//! left over.

use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};

use super::shuttle::Shuttle;
use super::{clocks, context, local, thread};
use crate::report::Kind;

/// The thread that runs the closure.
const MAIN: usize = 1;

/// Waits for the threads that the closure's own thread has not joined. A panic that nobody has
/// taken is one of the whole.
///
/// Does not return when there is one: the execution then ends.
pub fn ends(at: &'static Location<'static>) {
    // They may start others until they have all ended.
    let mut other = MAIN + 1;
    while other < context::with(|context| context.threads.get()) {
        if !context::with(|context| context.keeps.borrow().joined(MAIN, other)) {
            thread::join_raw::<Shuttle>(other, None, "all end", at);
        }
        other += 1;
    }
    if let Some(thread) = context::with(|context| context.keeps.borrow().unheard()) {
        fails(thread);
    }
}

/// A thread of a whole program has panicked: the execution ends. What it has seen of a data race is
/// worth nothing, its panic neither.
fn fails(thread: usize) -> ! {
    if clocks::raced() {
        context::break_off(Kind::DataRace)
    }
    context::with(|context| context.panicked.set(Some(thread - 1)));
    context::break_off(Kind::Panic)
}

/// Does what a thread of a program is there for whose panics fail all of it, whoever joins it.
pub fn run<R>(body: impl FnOnce() -> R) -> R {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => result,
        Err(payload) if is_over() => resume_unwind(payload),
        Err(_) => fails(context::with(|context| context.current.get())),
    }
}

/// Drops what the thread that runs has for itself. What it looks at later is gone.
pub fn end_locals() {
    local::end();
}

/// Whether an `Arc` that was made in this execution has owners still.
pub fn leaks() -> bool {
    context::with(|context| context.keeps.borrow().owned > 0)
}

/// Such a program begins.
pub(crate) fn begins() {
    context::with(|context| context.keeps.borrow_mut().whole = true);
}

/// Whether an execution runs here.
pub(crate) fn runs() -> bool {
    context::with(|context| context.execution() != 0)
}

/// Whether the execution has ended already, and a thread only unwinds.
fn is_over() -> bool {
    context::with(|context| context.stopping.get() || context.keeps.borrow().failed)
}
