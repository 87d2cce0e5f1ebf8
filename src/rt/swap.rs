//! Which lock an identity stands for, so that two lock sites can be exchanged for each other.

use std::cell::RefCell;

use super::op::Object;

thread_local! {
    static LOCKS: RefCell<Vec<(Object, *const ())>> = const { RefCell::new(Vec::new()) };
}

/// Remembers where a lock lies in this execution.
pub(crate) fn note<M>(object: Object, raw: &M) {
    let place = raw as *const M as *const ();
    LOCKS.with(|locks| locks.borrow_mut().push((object, place)));
}

/// The lock of this identity, if it was noted in this execution.
pub(crate) fn find<'a, M>(object: Object) -> Option<&'a M> {
    let place = LOCKS
        .with(|locks| locks.borrow().iter().find(|lock| lock.0 == object).map(|lock| lock.1))?;
    // Safety: `note` was given a `&M` for this identity in this execution, and all locks of one
    // engine have the same raw type; the shared memory outlives every actor.
    Some(unsafe { &*place.cast::<M>() })
}

/// Forgets all locks: an execution begins.
pub(crate) fn forget() {
    LOCKS.with(|locks| locks.borrow_mut().clear());
}
