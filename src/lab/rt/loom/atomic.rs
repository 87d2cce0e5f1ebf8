//! loom's atomics behind the facade's.

use std::sync::atomic::Ordering;

use loom::sync::atomic as raw;

use crate::rt::atomic::{Raw, RawBits, RawInteger};
use crate::rt::word::Sealed;

/// One of loom's atomics.
#[doc(hidden)]
pub struct Modelled<A>(A);

macro_rules! modelled {
    ($value:ty, $atomic:ty $(, $generic:ident)?) => {
        impl$(<$generic>)? Sealed for Modelled<$atomic> {}
        impl$(<$generic>)? Raw for Modelled<$atomic> {
            type Value = $value;
            fn new(value: $value) -> Self {
                Modelled(<$atomic>::new(value))
            }
            #[track_caller]
            fn load(&self, order: Ordering) -> $value {
                self.0.load(order)
            }
            #[track_caller]
            fn store(&self, value: $value, order: Ordering) {
                self.0.store(value, order);
            }
            #[track_caller]
            fn swap(&self, value: $value, order: Ordering) -> $value {
                self.0.swap(value, order)
            }
            #[track_caller]
            fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.0.compare_exchange(current, new, success, failure)
            }
            fn store_unwinding(&self, _: $value) -> bool {
                false
            }
        }
    };
}

macro_rules! integers {
    ($($value:ident $atomic:ident,)+) => {$(
        modelled!($value, raw::$atomic);
        impl RawInteger for Modelled<raw::$atomic> {
            #[track_caller]
            fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_add(value, order)
            }
            #[track_caller]
            fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_sub(value, order)
            }
            #[track_caller]
            fn fetch_max(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_max(value, order)
            }
            #[track_caller]
            fn fetch_min(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_min(value, order)
            }
            crate::rt::arithmetic!($value);
        }
        bits!($value, $atomic);
    )+};
}

macro_rules! bits {
    ($value:ident, $atomic:ident) => {
        impl RawBits for Modelled<raw::$atomic> {
            #[track_caller]
            fn fetch_and(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_and(value, order)
            }
            #[track_caller]
            fn fetch_or(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_or(value, order)
            }
            #[track_caller]
            fn fetch_xor(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_xor(value, order)
            }
            #[track_caller]
            fn fetch_nand(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_nand(value, order)
            }
            crate::rt::logic!($value);
        }
    };
}

integers!(
    u8 AtomicU8, u16 AtomicU16, u32 AtomicU32, u64 AtomicU64, usize AtomicUsize,
    i8 AtomicI8, i16 AtomicI16, i32 AtomicI32, i64 AtomicI64, isize AtomicIsize,
);
modelled!(bool, raw::AtomicBool);
bits!(bool, AtomicBool);
modelled!(*mut T, raw::AtomicPtr<T>, T);
