//! The facade on real threads that are made to take turns: each operation may yield first.
//!
//! For machines with one CPU, where two threads meet only at the end of a time slice. Its rows are
//! labelled, and no layout or cost is measured with it.

use std::cell::Cell;

thread_local! {
    static RANDOM: Cell<u64> = const { Cell::new(0x9e37_79b9_7f4a_7c15) };
}

/// Gives this thread its own sequence of yields.
pub(crate) fn seed(seed: u64) {
    RANDOM.set(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
}

/// Yields before one operation in four.
#[inline]
fn maybe_yield() {
    RANDOM.with(|random| {
        let mut x = random.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        random.set(x);
        if x & 3 == 0 {
            std::thread::yield_now();
        }
    });
}

macro_rules! delegate {
    ($($method:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)+) => {$(
        #[doc = concat!("As std's `", stringify!($method), "`, after a yield perhaps.")]
        #[inline]
        pub fn $method(&self, $($argument: $type),*) $(-> $result)? {
            maybe_yield();
            self.0.$method($($argument),*)
        }
    )+};
}

macro_rules! atomic {
    ($name:ident $(<$generic:ident>)?, $value:ty $(, $more:ident)*) => {
        #[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`], yielding at random.")]
        #[derive(Debug)]
        pub struct $name$(<$generic>)?(std::sync::atomic::$name$(<$generic>)?);

        impl$(<$generic>)? $name$(<$generic>)? {
            /// Makes an atomic.
            pub const fn new(value: $value) -> Self {
                $name(std::sync::atomic::$name::new(value))
            }
            delegate! {
                load(order: Ordering) -> $value;
                store(value: $value, order: Ordering);
                swap(value: $value, order: Ordering) -> $value;
                compare_exchange(
                    current: $value, new: $value, success: Ordering, failure: Ordering
                ) -> Result<$value, $value>;
                compare_exchange_weak(
                    current: $value, new: $value, success: Ordering, failure: Ordering
                ) -> Result<$value, $value>;
            }
            /// As std's `fetch_update`, after a yield perhaps.
            pub fn fetch_update(
                &self,
                success: Ordering,
                failure: Ordering,
                update: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                maybe_yield();
                self.0.fetch_update(success, failure, update)
            }
            /// The value, by sole ownership.
            pub fn into_inner(self) -> $value {
                self.0.into_inner()
            }
            $(delegate! { $more(value: $value, order: Ordering) -> $value; })*
        }
    };
}

macro_rules! integers {
    ($($name:ident $value:ident),+) => {$(
        atomic!($name, $value, fetch_add, fetch_sub, fetch_max, fetch_min, fetch_and, fetch_or,
            fetch_xor, fetch_nand);
        impl Default for $name {
            fn default() -> Self {
                $name::new(0)
            }
        }
    )+};
}

pub use std::thread_local;

/// As [`std::sync`].
pub mod sync {
    pub use std::sync::{
        Arc, Barrier, BarrierWaitResult, Condvar, LazyLock, LockResult, MutexGuard, Once, OnceLock,
        OnceState, PoisonError, RwLockReadGuard, RwLockWriteGuard, TryLockError, TryLockResult,
        WaitTimeoutResult, Weak, mpsc,
    };

    use super::maybe_yield;

    /// As [`std::sync::Mutex`], yielding at random.
    #[derive(Debug, Default)]
    pub struct Mutex<T>(std::sync::Mutex<T>);

    impl<T> Mutex<T> {
        /// Makes a lock.
        pub const fn new(value: T) -> Self {
            Mutex(std::sync::Mutex::new(value))
        }
        delegate! {
            lock() -> LockResult<MutexGuard<'_, T>>;
            try_lock() -> TryLockResult<MutexGuard<'_, T>>;
            is_poisoned() -> bool;
            clear_poison();
        }
        /// As [`std::sync::Mutex::into_inner`].
        pub fn into_inner(self) -> LockResult<T> {
            self.0.into_inner()
        }
        /// As [`std::sync::Mutex::get_mut`].
        pub fn get_mut(&mut self) -> LockResult<&mut T> {
            self.0.get_mut()
        }
    }

    /// As [`std::sync::RwLock`], yielding at random.
    #[derive(Debug, Default)]
    pub struct RwLock<T>(std::sync::RwLock<T>);

    impl<T> RwLock<T> {
        /// Makes a lock.
        pub const fn new(value: T) -> Self {
            RwLock(std::sync::RwLock::new(value))
        }
        delegate! {
            read() -> LockResult<RwLockReadGuard<'_, T>>;
            write() -> LockResult<RwLockWriteGuard<'_, T>>;
            try_read() -> TryLockResult<RwLockReadGuard<'_, T>>;
            try_write() -> TryLockResult<RwLockWriteGuard<'_, T>>;
            is_poisoned() -> bool;
            clear_poison();
        }
        /// As [`std::sync::RwLock::into_inner`].
        pub fn into_inner(self) -> LockResult<T> {
            self.0.into_inner()
        }
        /// As [`std::sync::RwLock::get_mut`].
        pub fn get_mut(&mut self) -> LockResult<&mut T> {
            self.0.get_mut()
        }
    }

    /// As [`std::sync::atomic`].
    pub mod atomic {
        pub use std::sync::atomic::Ordering;

        use super::super::maybe_yield;

        integers!(
            AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
            AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize
        );
        atomic!(AtomicBool, bool, fetch_and, fetch_or, fetch_xor, fetch_nand);
        atomic!(AtomicPtr<T>, *mut T);

        /// As [`std::sync::atomic::fence`].
        pub fn fence(order: Ordering) {
            maybe_yield();
            std::sync::atomic::fence(order);
        }
    }
}

/// As [`std::cell`], with loom's `with` and `with_mut`.
pub mod cell {
    pub use std::cell::{Cell, RefCell};

    use super::maybe_yield;
    use crate::rt::native::cell as native;

    /// Plain memory, yielding at random before each access.
    pub struct UnsafeCell<T>(native::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        /// Makes a cell.
        pub const fn new(value: T) -> Self {
            UnsafeCell(native::UnsafeCell::new(value))
        }
        /// Reads through a pointer that is valid during `f`.
        pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
            maybe_yield();
            self.0.with(f)
        }
        /// Writes through a pointer that is valid during `f`.
        pub fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            maybe_yield();
            self.0.with_mut(f)
        }
        /// The value, by sole ownership.
        pub fn into_inner(self) -> T {
            self.0.into_inner()
        }
    }
}

/// What only some processors have: stores past the caches, which are plain ones here.
pub mod arch {
    crate::rt::streams_plainly!(
        super::sync::atomic::AtomicU64,
        store,
        std::sync::atomic::Ordering::Relaxed
    );
}

/// Words that are not aligned: std has none.
pub mod unaligned {
    pub use crate::rt::unaligned::U64;
}

/// As [`std::thread`].
pub mod thread {
    pub use crate::rt::native::thread::*;
}

/// As [`std::hint`].
pub mod hint {
    /// As [`std::hint::spin_loop`], but it lets another thread run: there may be one CPU.
    pub fn spin_loop() {
        std::thread::yield_now();
    }
}
