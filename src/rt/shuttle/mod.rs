//! The facade under shuttle: std's paths and signatures, sequentially consistent memory.
//!
//! shuttle runs the threads and asks a scheduler at each announced operation which goes on.
//! Memory is one value a location, as under shuttle's own atomics, which treat every ordering as
//! `SeqCst` (shuttle-std 0.1.5, `sync/atomic/mod.rs`).

mod atomic;
mod engine;

pub use engine::Shuttle;
pub(crate) use engine::point;

pub use crate::__thread_local as thread_local;

/// As [`std::sync`].
pub mod sync {
    pub use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

    pub use crate::rt::arc::{Arc, Weak};
    pub use crate::rt::barrier::BarrierWaitResult;
    pub use crate::rt::condvar::WaitTimeoutResult;
    pub use crate::rt::lazy::LazyLock;
    pub use crate::rt::once::OnceState;

    use super::Shuttle;

    /// As [`std::sync::Mutex`].
    pub type Mutex<T> = crate::rt::mutex::Mutex<Shuttle, T>;
    /// As [`std::sync::MutexGuard`].
    pub type MutexGuard<'a, T> = crate::rt::mutex::MutexGuard<'a, Shuttle, T>;
    /// As [`std::sync::RwLock`].
    pub type RwLock<T> = crate::rt::rwlock::RwLock<Shuttle, T>;
    /// As [`std::sync::RwLockReadGuard`].
    pub type RwLockReadGuard<'a, T> = crate::rt::rwlock::RwLockReadGuard<'a, Shuttle, T>;
    /// As [`std::sync::RwLockWriteGuard`].
    pub type RwLockWriteGuard<'a, T> = crate::rt::rwlock::RwLockWriteGuard<'a, Shuttle, T>;
    /// As [`std::sync::Condvar`].
    pub type Condvar = crate::rt::condvar::Condvar<Shuttle>;
    /// As [`std::sync::OnceLock`].
    pub type OnceLock<T> = crate::rt::once::OnceLock<Shuttle, T>;
    /// As [`std::sync::Once`].
    pub type Once = crate::rt::once::Once<Shuttle>;
    /// As [`std::sync::Barrier`].
    pub type Barrier = crate::rt::barrier::Barrier<Shuttle>;

    /// As [`std::sync::mpsc`].
    pub mod mpsc {
        crate::rt::mpsc_of!(super::Shuttle);
    }

    /// As [`std::sync::atomic`].
    pub mod atomic {
        pub use std::sync::atomic::Ordering;

        use super::super::atomic::Memory;
        use crate::rt::atomic::Atomic;

        macro_rules! memory {
            ($($name:ident $value:ty),+) => {$(
                #[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`].")]
                pub type $name = Atomic<Memory<$value>, $value>;
            )+};
        }
        memory!(
            AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
            AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
            AtomicBool bool
        );
        /// As [`std::sync::atomic::AtomicPtr`].
        pub type AtomicPtr<T> = Atomic<Memory<*mut T>, *mut T>;

        /// As [`std::sync::atomic::fence`].
        #[track_caller]
        pub fn fence(order: Ordering) {
            crate::rt::fence::fence::<super::Shuttle>(order);
        }
    }
}

/// As [`std::cell`], with loom's `with` and `with_mut`.
pub mod cell {
    // What one thread has for itself: no other can look at it.
    pub use std::cell::{Cell, RefCell};

    /// Plain memory that the race clocks watch.
    pub type UnsafeCell<T> = crate::rt::cell::UnsafeCell<super::Shuttle, T>;
}

/// What only some processors have: stores past the caches, which are plain ones here.
pub mod arch {
    crate::rt::streams_plainly!(super::sync::atomic::AtomicU64, stream);
}

/// Words that are not aligned.
pub mod unaligned {
    /// As [`crate::rt::unaligned::U64`], in two halves.
    pub type U64 = crate::rt::unaligned::Halves<super::atomic::Memory<u32>>;
}

/// As [`std::thread`].
pub mod thread {
    pub use std::thread::{Result, available_parallelism, panicking};

    pub use crate::rt::local::{AccessError, LocalKey};
    pub use crate::rt::thread::ThreadId;

    use super::Shuttle;

    /// As [`std::thread::JoinHandle`].
    pub type JoinHandle<T> = crate::rt::thread::JoinHandle<Shuttle, T>;
    /// As [`std::thread::Thread`].
    pub type Thread = crate::rt::thread::Thread<Shuttle>;

    /// As [`std::thread::Scope`].
    pub type Scope<'scope, 'env> = crate::rt::scope::Scope<'scope, 'env, Shuttle>;
    /// As [`std::thread::ScopedJoinHandle`].
    pub type ScopedJoinHandle<'scope, T> = crate::rt::scope::ScopedJoinHandle<'scope, Shuttle, T>;
    /// As [`std::thread::Builder`].
    pub type Builder = crate::rt::start::Builder<Shuttle>;

    crate::rt::thread_functions!(Shuttle);
}

/// As [`std::hint`].
pub mod hint {
    /// As [`std::hint::spin_loop`]: lets the others go first.
    #[track_caller]
    pub fn spin_loop() {
        super::thread::yield_now();
    }
}
