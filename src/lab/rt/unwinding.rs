//! A thread that unwinds from a panic, and what the facade makes of it.
//!
//! Under shuttle it is a thread as any other: what it does are steps, others move between them, and
//! it may wait. std counts panics by thread of the operating system, and all threads of an execution
//! are coroutines of one; so which of them unwinds is noted here, by the panic hook.
//!
//! loom cannot switch threads while one unwinds: its own destructors take that for the end of the
//! execution. So there nobody else moves meanwhile, and what the thread does takes effect at once,
//! without being announced ([`quiet`]):
//!
//! * it looks at the newest values, and what it writes is written ([`RawStore`]), or the execution
//!   is [`unmodelled`] where the engine cannot write without a step;
//! * a lock is taken if it is free; if it is not, its guard holds nothing, and whoever looks
//!   through it ends the process ([`never`]), for std would have waited there;
//! * a lock is given back at once. A checker's own lock would poison itself, and a poisoned one
//!   cannot be taken again. The facade keeps its own flag, so the inner guard is kept ([`keep`]) and
//!   released when the unwinding is over ([`release`]);
//! * a yield and a fence are nothing.
//!
//! [`RawStore`]: super::announced::Raw::store_unwinding
//! [`unmodelled`]: super::context::unmodelled

use std::any::Any;
use std::panic::resume_unwind;

use super::context;
use super::observe::{self, Seen};
use super::op::Op;
use super::spot::Spot;

/// Whether the current thread unwinds from a panic.
///
/// Where threads are switched meanwhile, std knows only that one of them does. If a panic of this
/// thread's was noted and none of another's, or the other way round, that is exact. If there are
/// both, and this one has caught its own, it counts as unwinding until the other's is over.
#[inline]
pub(crate) fn now() -> bool {
    std::thread::panicking()
        && context::try_with(|context| match context.point.get() {
            None => true,
            Some(_) => {
                let (all, mine) = (context.unwinds.get(), 1 << context.current.get());
                all & !mine == 0 || all & mine != 0
            }
        })
}

/// Whether the current thread unwinds, and what it does is no operation.
#[inline]
pub(crate) fn quiet() -> bool {
    std::thread::panicking() && !switches()
}

/// Whether threads are switched while one of them unwinds.
pub(crate) fn switches() -> bool {
    context::try_with(|context| context.point.get().is_some())
}

/// The current thread panics: it unwinds from here on.
pub(crate) fn begins() {
    context::try_with(|context| {
        context.unwinds.set(context.unwinds.get() | 1 << context.current.get());
    });
}

/// Lets a panic of this thread's go on that was caught.
pub(crate) fn resume(payload: Box<dyn Any + Send>) -> ! {
    begins();
    resume_unwind(payload)
}

/// Where nobody unwinds any more, what was noted is over: a thread may catch its own panic.
pub(crate) fn settle() {
    if !std::thread::panicking() {
        context::with(|context| context.unwinds.set(0));
    }
}

/// The panic of a thread was caught.
pub(crate) fn ends(thread: usize) {
    context::with(|context| context.unwinds.set(context.unwinds.get() & !(1 << thread)));
    release();
}

/// The threads that unwind, a bit each; those that have caught their panic themselves are not told
/// apart.
pub(crate) fn all() -> u16 {
    match std::thread::panicking() {
        true => context::with(|context| context.unwinds.get()),
        false => 0,
    }
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
    observe::tell(|| Seen { address, ..Seen::new(op, "unlock", at) });
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
        context.deferred.set(false);
        std::mem::forget(context.kept.take());
    });
}
