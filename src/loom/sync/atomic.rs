//! As [`std::sync::atomic`], with loom's `with_mut` and `unsync_load`.

pub use crate::__rt::sync::atomic::{Ordering, compiler_fence, fence};

use crate::__rt::sync::atomic as rt;

/// As the deprecated function of std's.
#[track_caller]
pub fn spin_loop_hint() {
    crate::hint::spin_loop();
}

/// What loom's atomics have besides std's: what std's have comes from the facade's.
macro_rules! atomic {
    ($(#[$meta:meta])* $name:ident $(<$of:ident>)?, $value:ty) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name $(<$of>)? (rt::$name $(<$of>)?);

        impl $(<$of>)? $name $(<$of>)? {
            /// As std's.
            #[track_caller]
            pub fn new(value: $value) -> Self {
                Self(rt::$name::new(value))
            }

            /// Changes the value, by sole ownership.
            pub fn with_mut<R>(&mut self, f: impl FnOnce(&mut $value) -> R) -> R {
                f(self.0.get_mut())
            }

            /// Loads the value without an ordering: `Relaxed` here, so that a store at the same
            /// time is not reported as loom reports it.
            ///
            /// # Safety
            /// Nobody stores at the same time.
            #[track_caller]
            pub unsafe fn unsync_load(&self) -> $value {
                self.0.load(Ordering::Relaxed)
            }

            /// As std's.
            pub fn into_inner(mut self) -> $value {
                *self.0.get_mut()
            }

            /// As the deprecated function of std's.
            #[track_caller]
            pub fn compare_and_swap(&self, current: $value, new: $value, order: Ordering) -> $value {
                let failure = match order {
                    Ordering::Relaxed | Ordering::Release => Ordering::Relaxed,
                    Ordering::Acquire | Ordering::AcqRel => Ordering::Acquire,
                    _ => Ordering::SeqCst,
                };
                match self.0.compare_exchange(current, new, order, failure) {
                    Ok(value) | Err(value) => value,
                }
            }
        }

        impl $(<$of>)? std::ops::Deref for $name $(<$of>)? {
            type Target = rt::$name $(<$of>)?;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl $(<$of>)? From<$value> for $name $(<$of>)? {
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }
    };
}

/// The atomics of numbers.
macro_rules! atomics {
    ($($name:ident $value:ty),+) => {$(
        atomic!(#[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`].")]
            $name, $value);

        impl Default for $name {
            fn default() -> Self {
                Self::new(Default::default())
            }
        }
    )+};
}

atomics!(
    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
    AtomicBool bool
);
atomic!(
    /// As [`std::sync::atomic::AtomicPtr`].
    AtomicPtr<T>, *mut T
);

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        Self::new(std::ptr::null_mut())
    }
}
