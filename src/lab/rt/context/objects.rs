//! The objects of an execution: how they are named, what ends, and what is lent.

use super::{Context, try_with};
use crate::rt::op::Object;

impl Context {
    /// The identity of an object made now by the current thread.
    pub(crate) fn new_object(&self) -> Object {
        if let Some((place, number)) = self.making.get() {
            self.making.set(Some((place, number + 1)));
            return Object::numbered(place, number);
        }
        let thread = self.current.get();
        let number = self.next_object[thread].get() + 1;
        self.next_object[thread].set(number);
        Object::numbered(thread, number)
    }

    /// Makes the value of a static, at once: its objects are named by it, not by who asks first.
    pub(crate) fn make<T>(&self, place: usize, make: impl FnOnce() -> T) -> T {
        let active = self.active.replace(false);
        let before = self.making.replace(Some((place, 1)));
        let value = make();
        self.making.set(before);
        self.active.set(active);
        value
    }

    /// An atomic's value is lent: it may be written without an operation.
    pub(crate) fn lend(&self, object: Object) {
        self.lent.borrow_mut().push(object);
    }

    /// Whether an atomic's value was lent since this was last asked.
    pub(crate) fn was_lent(&self, object: Object) -> bool {
        let mut lent = self.lent.borrow_mut();
        let before = lent.len();
        lent.retain(|other| *other != object);
        lent.len() < before
    }

    /// Whether any object has ended while actors ran.
    #[inline]
    pub(crate) fn any_ended(&self) -> bool {
        self.any_ended.get()
    }

    pub(crate) fn has_ended(&self) {
        self.any_ended.set(true);
    }

    /// Whether what ends now is no step of its own.
    pub(crate) fn quietly_dropping(&self) -> bool {
        self.quietly_dropping.get()
    }
}

/// Drops what an `Arc` held: what ends with it is no step of its own.
pub(crate) fn drop_quietly(drop: impl FnOnce()) {
    let before = try_with(|context| context.quietly_dropping.replace(true));
    drop();
    try_with(|context| context.quietly_dropping.set(before));
}
