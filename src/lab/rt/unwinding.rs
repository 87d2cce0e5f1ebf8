//! A thread that unwinds from a panic: what no checker models, and what the facade makes of it.
//!
//! No checker can switch threads while one of them unwinds, for the unwinding of a coroutine is
//! counted by the operating-system thread that all of them share. So while a thread unwinds,
//! nobody else moves, and what it does takes effect at once, without being announced:
//!
//! * it looks at the newest values, and what it writes is written ([`RawStore`]), or the execution
//!   is [`unmodelled`] where the engine cannot write without a step;
//! * a lock is taken if it is free; if it is not, its guard holds nothing, and whoever looks
//!   through it ends the process ([`never`]), for std would have waited there;
//! * a lock is given back at once, and the others are told ([`unlocked`]). A checker's own lock
//!   would poison itself, and a poisoned one cannot be taken again. The facade keeps its own flag,
//!   so the inner guard is kept ([`keep`]) and released when the unwinding is over ([`release`]);
//! * a yield and a fence are nothing.
//!
//! [`RawStore`]: super::announced::Raw::store_unwinding
//! [`unmodelled`]: super::context::unmodelled

use std::any::Any;

use super::observe::{self, Seen};
use super::op::Op;
use super::spot::Spot;
use super::{context, values};

/// Whether the current thread unwinds from a panic.
#[inline]
pub(crate) fn now() -> bool {
    std::thread::panicking()
}

/// Whether the current thread unwinds, and what it does is no operation. An engine that decides
/// values has it as one, although nobody moves before it.
#[inline]
pub(crate) fn quiet() -> bool {
    now() && !values::is_decided()
}

/// Keeps a checker's guard until the unwinding is over.
pub(crate) fn keep(guard: Box<dyn Any>) {
    context::with(|context| {
        context.kept.borrow_mut().push(guard);
        context.deferred.set(true);
    });
}

/// Releases what was kept, unless the thread is still unwinding.
#[cold]
pub(crate) fn release() {
    if now() {
        return;
    }
    assert!(
        !context::with(|context| context.keeps.borrow().dead),
        "racelab: the checker has ended this execution, and threads of a scope are left"
    );
    let kept = context::with(|context| {
        context.deferred.set(false);
        context.kept.take()
    });
    drop(kept);
}

/// A lock was given back: no step of its own, but the others must know.
pub(crate) fn unlocked(op: Op, address: usize, at: impl Into<Spot>) {
    context::with(|context| {
        if context.active.get() {
            context.unlocked.borrow_mut().push(op);
        }
    });
    observe::tell(|| Seen { address, ..Seen::new(op, "unlock", at) });
}

/// What threads meet at was changed: no step of its own, but the search must know.
pub(crate) fn met(op: Op) {
    context::with(|context| {
        if context.active.get() {
            context.unlocked.borrow_mut().push(op);
        }
    });
}

/// Takes the locks given back since the last call.
pub(crate) fn take_unlocked(into: &mut Vec<Op>) {
    context::with(|context| into.append(&mut context.unlocked.borrow_mut()));
}

/// A lock that is not free is looked into: no engine can wait there.
#[cold]
pub(crate) fn never() -> ! {
    eprintln!(
        "racelab: a thread that unwinds from a panic uses what another lock guard protects: it \
         would have to wait for it, which no engine here models"
    );
    std::process::abort()
}

/// Ends the process if the thread unwinds: `what` was found, and nothing switches threads away
/// from it.
pub(crate) fn end_at(what: &str) {
    if now() {
        eprintln!("racelab: {what} while a thread unwinds from a panic");
        std::process::abort();
    }
}

/// Forgets everything: an execution begins. Guards of an execution that was broken off are not
/// released: the checker has forgotten their locks.
pub(crate) fn forget() {
    context::with(|context| {
        context.unlocked.borrow_mut().clear();
        context.deferred.set(false);
        std::mem::forget(context.kept.take());
    });
}
