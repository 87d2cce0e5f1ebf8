//! Memory under shuttle: one value a location, read and written in the order of the schedule.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use super::engine::point;
use crate::rt::announced::{Announced, Raw, RawBits, RawInteger};
use crate::rt::atomic::{Arithmetic, Bits, Integer, Logic};
use crate::rt::context;
use crate::rt::tracked::Tracked;
use crate::rt::word::{Sealed, Word};

/// The atomic of a value.
#[doc(hidden)]
pub type Of<V> = Announced<Memory<V>>;

/// One location. Its value is always the newest.
#[doc(hidden)]
pub struct Memory<T> {
    value: Cell<T>,
    tracked: Tracked,
}

impl<T: Word> Memory<T> {
    #[inline]
    fn modify(&self, new: impl FnOnce(T) -> T) -> T {
        point();
        let old = self.value.get();
        self.value.set(new(old));
        old
    }
}

impl<T> Sealed for Memory<T> {}

impl<T: Word> Raw for Memory<T> {
    type Value = T;
    fn new(value: T) -> Self {
        Memory { value: Cell::new(value), tracked: Tracked::new() }
    }
    #[inline]
    fn tracked(&self) -> &Tracked {
        &self.tracked
    }
    #[inline]
    fn load(&self, _: Ordering) -> T {
        point();
        self.value.get()
    }
    #[inline]
    fn store(&self, value: T, _: Ordering) {
        point();
        self.value.set(value);
    }
    fn swap(&self, value: T, _: Ordering) -> T {
        self.modify(|_| value)
    }
    fn compare_exchange(&self, current: T, new: T, _: Ordering, _: Ordering) -> Result<T, T> {
        point();
        let old = self.value.get();
        if old != current {
            return Err(old);
        }
        self.value.set(new);
        Ok(old)
    }
    fn compare_exchange_weak(&self, current: T, new: T, _: Ordering, _: Ordering) -> Result<T, T> {
        point();
        let old = self.value.get();
        if old != current || context::with(|context| context.fails.take()) {
            return Err(old);
        }
        self.value.set(new);
        Ok(old)
    }
    #[inline]
    fn newest(&self) -> T {
        self.value.get()
    }
    #[inline]
    fn performed(&self, _: Option<T>, _: Option<T>) -> Option<T> {
        None
    }
    fn store_unwinding(&self, value: T) -> bool {
        self.value.set(value);
        true
    }
    fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
    const SETTLES: bool = false;
    fn settle(&self) {}
}

impl<T: Integer> RawInteger for Memory<T> {
    fn arithmetic(&self, how: Arithmetic, value: T, _: Ordering) -> T {
        self.modify(|old| how.of(old, value))
    }
}

impl<T: Bits> RawBits for Memory<T> {
    fn logic(&self, how: Logic, value: T, _: Ordering) -> T {
        self.modify(|old| how.of(old, value))
    }
}
