//! Which lock an identity stands for, so that two lock sites can be exchanged for each other.

use super::context;
use super::op::Object;

/// Remembers where a lock lies in this execution.
pub(crate) fn note<M>(object: Object, raw: &M) {
    let place = raw as *const M as *const ();
    context::with(|context| context.locks.borrow_mut().push((object, place)));
}

/// The lock of this identity, if it was noted in this execution.
///
/// # Safety
/// `M` is the type that was noted for this identity, and `'a` ends before the shared memory that
/// the lock lies in.
pub(crate) unsafe fn find<'a, M>(object: Object) -> Option<&'a M> {
    let place = context::with(|context| {
        let locks = context.locks.borrow();
        locks.iter().find(|lock| lock.0 == object).map(|lock| lock.1)
    })?;
    // Safety: the caller's promise.
    Some(unsafe { &*place.cast::<M>() })
}
