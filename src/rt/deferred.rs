//! Guards that were dropped while a thread was unwinding, kept until it has ended.
//!
//! A checker's own lock poisons itself when its guard is dropped during a panic, and a poisoned
//! one cannot be taken again. The facade keeps its own poison flag, so the inner guard is released
//! a moment later: no thread can run in between, for no operation switches while unwinding.

use std::any::Any;

use super::context;
use super::op::Op;

/// Keeps a guard for later.
pub(crate) fn keep(guard: Box<dyn Any>) {
    context::with(|context| {
        context.kept.borrow_mut().push(guard);
        context.deferred.set(true);
    });
}

/// Releases what was kept, unless the thread is still unwinding.
#[cold]
pub(crate) fn release() {
    if std::thread::panicking() {
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

/// Notes a lock that was given back without a step of its own.
pub(crate) fn note_unlock(op: Op) {
    context::with(|context| context.unlocked.borrow_mut().push(op));
}

/// Takes the locks given back since the last call.
pub(crate) fn take_unlocked(into: &mut Vec<Op>) {
    context::with(|context| into.append(&mut context.unlocked.borrow_mut()));
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
