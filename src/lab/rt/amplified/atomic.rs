//! std's atomics, with a yield before an operation.

use std::sync::atomic::Ordering::{self, Relaxed};
use std::sync::atomic::{self as real};

use super::perhaps_yield;
use crate::rt::atomic::{Arithmetic, Atomic, Back, BackBits, BackInteger, Integer, Logic};
use crate::rt::watch::At;
use crate::rt::word::{Sealed, Word};

/// The atomic of a value.
#[doc(hidden)]
pub type Of<V> = Yielding<<V as Real>::Atomic>;

/// A value that std has an atomic of.
#[doc(hidden)]
pub trait Real: Word {
    type Atomic;
}

/// One of std's atomics.
#[doc(hidden)]
#[derive(Debug)]
#[repr(transparent)]
pub struct Yielding<A>(A);

impl<A> Sealed for Yielding<A> {}

macro_rules! real {
    ($value:ty, $atomic:ty $(, $generic:ident)?) => {
        impl$(<$generic>)? Real for $value {
            type Atomic = $atomic;
        }
        impl$(<$generic>)? Back for Yielding<$atomic> {
            type Value = $value;
            fn new(value: $value) -> Self {
                Yielding(<$atomic>::new(value))
            }
            #[inline]
            fn load(&self, order: Ordering, _: At) -> $value {
                perhaps_yield();
                self.0.load(order)
            }
            #[inline]
            fn store(&self, value: $value, order: Ordering, _: At) {
                perhaps_yield();
                self.0.store(value, order);
            }
            #[inline]
            fn stream(&self, value: $value, at: At) {
                self.store(value, Relaxed, at);
            }
            #[inline]
            fn swap(&self, value: $value, order: Ordering, _: At) -> $value {
                perhaps_yield();
                self.0.swap(value, order)
            }
            #[inline]
            fn exchange(
                &self,
                weak: bool,
                [current, new]: [$value; 2],
                [success, failure]: [Ordering; 2],
                _: At,
            ) -> Result<$value, $value> {
                perhaps_yield();
                match weak {
                    true => self.0.compare_exchange_weak(current, new, success, failure),
                    false => self.0.compare_exchange(current, new, success, failure),
                }
            }
            fn look(&self) -> Option<$value> {
                Some(self.0.load(Relaxed))
            }
            fn get_mut(&mut self) -> &mut $value {
                self.0.get_mut()
            }
        }
        impl$(<$generic>)? Atomic<Yielding<$atomic>, $value> {
            /// Makes an atomic.
            pub const fn new(value: $value) -> Self {
                Atomic::made(Yielding(<$atomic>::new(value)))
            }
        }
    };
}

macro_rules! bits {
    ($value:ident $atomic:ident) => {
        impl BackBits for Yielding<real::$atomic> {
            #[inline]
            fn logic(
                &self,
                how: Logic,
                _: &'static str,
                value: $value,
                order: Ordering,
                _: At,
            ) -> $value {
                perhaps_yield();
                match how {
                    Logic::And => self.0.fetch_and(value, order),
                    Logic::Or => self.0.fetch_or(value, order),
                    Logic::Xor => self.0.fetch_xor(value, order),
                    Logic::Nand => self.0.fetch_nand(value, order),
                }
            }
        }
    };
}

macro_rules! integers {
    ($($value:ident $atomic:ident,)+) => {$(
        real!($value, real::$atomic);
        impl BackInteger for Yielding<real::$atomic> {
            #[inline]
            fn arithmetic(
                &self,
                how: Arithmetic,
                _: &'static str,
                value: $value,
                order: Ordering,
                _: At,
            ) -> $value {
                perhaps_yield();
                match how {
                    Arithmetic::Add => self.0.fetch_add(value, order),
                    Arithmetic::Sub => self.0.fetch_sub(value, order),
                    Arithmetic::Max => self.0.fetch_max(value, order),
                    Arithmetic::Min => self.0.fetch_min(value, order),
                }
            }
        }
        bits!($value $atomic);
    )+};
}

integers!(
    u8 AtomicU8, u16 AtomicU16, u32 AtomicU32, u64 AtomicU64, usize AtomicUsize,
    i8 AtomicI8, i16 AtomicI16, i32 AtomicI32, i64 AtomicI64, isize AtomicIsize,
);
real!(bool, real::AtomicBool);
bits!(bool AtomicBool);
real!(*mut T, real::AtomicPtr<T>, T);

impl<T> Yielding<real::AtomicPtr<T>> {
    /// What std has no operation for.
    fn update(&self, order: Ordering, new: impl Fn(*mut T) -> *mut T) -> *mut T {
        let updated = self.0.fetch_update(order, Relaxed, |old| Some(new(old)));
        updated.unwrap_or_else(|old| old)
    }
}

impl<T> BackInteger for Yielding<real::AtomicPtr<T>> {
    #[inline]
    fn arithmetic(
        &self,
        how: Arithmetic,
        _: &'static str,
        value: *mut T,
        order: Ordering,
        _: At,
    ) -> *mut T {
        perhaps_yield();
        match how {
            Arithmetic::Add => self.0.fetch_byte_add(value.addr(), order),
            Arithmetic::Sub => self.0.fetch_byte_sub(value.addr(), order),
            Arithmetic::Max => self.update(order, |old| Integer::max(old, value)),
            Arithmetic::Min => self.update(order, |old| Integer::min(old, value)),
        }
    }
}

impl<T> BackBits for Yielding<real::AtomicPtr<T>> {
    #[inline]
    fn logic(&self, how: Logic, _: &'static str, value: *mut T, order: Ordering, _: At) -> *mut T {
        perhaps_yield();
        match how {
            Logic::And => self.0.fetch_and(value.addr(), order),
            Logic::Or => self.0.fetch_or(value.addr(), order),
            Logic::Xor => self.0.fetch_xor(value.addr(), order),
            Logic::Nand => self.update(order, |old| how.of(old, value)),
        }
    }
}
