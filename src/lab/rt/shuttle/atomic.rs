//! Memory under shuttle: one value a location, read and written in the order of the schedule.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use super::engine::point;
use crate::rt::atomic::{Raw, RawBits, RawInteger};
use crate::rt::context;
use crate::rt::word::{Sealed, Word};

/// One location.
#[doc(hidden)]
pub struct Memory<T>(Cell<T>);

impl<T: Word> Memory<T> {
    #[inline]
    fn modify(&self, new: impl FnOnce(T) -> T) -> T {
        point();
        let old = self.0.get();
        self.0.set(new(old));
        old
    }
}

impl<T> Sealed for Memory<T> {}

impl<T: Word> Raw for Memory<T> {
    type Value = T;
    fn new(value: T) -> Self {
        Memory(Cell::new(value))
    }
    #[inline]
    fn load(&self, _: Ordering) -> T {
        point();
        self.0.get()
    }
    #[inline]
    fn store(&self, value: T, _: Ordering) {
        point();
        self.0.set(value);
    }
    fn swap(&self, value: T, _: Ordering) -> T {
        self.modify(|_| value)
    }
    fn compare_exchange(&self, current: T, new: T, _: Ordering, _: Ordering) -> Result<T, T> {
        point();
        let old = self.0.get();
        if old != current {
            return Err(old);
        }
        self.0.set(new);
        Ok(old)
    }
    fn compare_exchange_weak(&self, current: T, new: T, _: Ordering, _: Ordering) -> Result<T, T> {
        point();
        let old = self.0.get();
        if old != current || context::with(|context| context.fails.take()) {
            return Err(old);
        }
        self.0.set(new);
        Ok(old)
    }
    fn store_unwinding(&self, value: T) -> bool {
        self.0.set(value);
        true
    }
}

macro_rules! integers {
    ($($int:ident)+) => {$(
        impl RawInteger for Memory<$int> {
            fn fetch_add(&self, value: $int, _: Ordering) -> $int {
                self.modify(|old| Self::add(old, value))
            }
            fn fetch_sub(&self, value: $int, _: Ordering) -> $int {
                self.modify(|old| Self::sub(old, value))
            }
            fn fetch_max(&self, value: $int, _: Ordering) -> $int {
                self.modify(|old| old.max(value))
            }
            fn fetch_min(&self, value: $int, _: Ordering) -> $int {
                self.modify(|old| old.min(value))
            }
            crate::rt::arithmetic!($int);
        }
        bits!($int);
    )+};
}
macro_rules! bits {
    ($value:ident) => {
        impl RawBits for Memory<$value> {
            fn fetch_and(&self, value: $value, _: Ordering) -> $value {
                self.modify(|old| old & value)
            }
            fn fetch_or(&self, value: $value, _: Ordering) -> $value {
                self.modify(|old| old | value)
            }
            fn fetch_xor(&self, value: $value, _: Ordering) -> $value {
                self.modify(|old| old ^ value)
            }
            fn fetch_nand(&self, value: $value, _: Ordering) -> $value {
                self.modify(|old| !(old & value))
            }
            crate::rt::logic!($value);
        }
    };
}
integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
bits!(bool);
