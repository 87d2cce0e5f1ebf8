//! What a runtime looks like to a scenario: std's paths, on one of the back ends.
//!
//! One list for all runtimes but `native`, which is std itself. A new item of std's is written
//! once, generic over [`Engine`](super::engine::Engine), and named here once; `native` re-exports
//! std's, and `tests/lab/parity` goes over all of them.

/// The modules of a runtime. `$engine` is its back end; `$word<V>` its atomic of a value; `$owners`
/// is where its `Arc` comes from, `$statics` its `LazyLock`, and `$unaligned` its unaligned word.
macro_rules! face {
    (
        $engine:ident, words $word:ident, owners [$($owners:tt)+], statics [$($statics:tt)+],
        unaligned $unaligned:ty, meets $meets:ident
    ) => {
        crate::rt::face::locals!($meets);

        /// As [`std::sync`].
        pub mod sync {
            pub use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

            pub use $($owners)+::{Arc, Weak};
            pub use $($statics)+::LazyLock;

            use super::$engine;

            /// As [`std::sync::Mutex`].
            pub type Mutex<T> = crate::rt::mutex::Mutex<$engine, T>;
            /// As [`std::sync::MutexGuard`].
            pub type MutexGuard<'a, T> = crate::rt::mutex::MutexGuard<'a, $engine, T>;
            /// As [`std::sync::RwLock`].
            pub type RwLock<T> = crate::rt::rwlock::RwLock<$engine, T>;
            /// As [`std::sync::RwLockReadGuard`].
            pub type RwLockReadGuard<'a, T> = crate::rt::rwlock::RwLockReadGuard<'a, $engine, T>;
            /// As [`std::sync::RwLockWriteGuard`].
            pub type RwLockWriteGuard<'a, T> = crate::rt::rwlock::RwLockWriteGuard<'a, $engine, T>;
            /// As [`std::sync::Condvar`].
            pub type Condvar = crate::rt::condvar::Condvar<$engine>;
            pub use crate::rt::condvar::WaitTimeoutResult;

            crate::rt::face::meets!($meets $engine);

            /// As [`std::sync::atomic`].
            pub mod atomic {
                // A compiler fence orders nothing between threads: it is no operation.
                pub use std::sync::atomic::{Ordering, compiler_fence};

                use super::super::{$engine, $word};
                use crate::rt::atomic::Atomic;

                crate::rt::face::atomics!($word:
                    AtomicU8 u8, AtomicU16 u16, AtomicU32 u32, AtomicU64 u64, AtomicUsize usize,
                    AtomicI8 i8, AtomicI16 i16, AtomicI32 i32, AtomicI64 i64, AtomicIsize isize,
                    AtomicBool bool
                );
                /// As [`std::sync::atomic::AtomicPtr`].
                pub type AtomicPtr<T> = Atomic<$word<*mut T>, *mut T>;

                /// As [`std::sync::atomic::fence`].
                #[track_caller]
                pub fn fence(order: Ordering) {
                    crate::rt::fence::fence::<$engine>(order);
                }
            }
        }

        /// As [`std::cell`], with loom's `with` and `with_mut`.
        pub mod cell {
            // What one thread has for itself: no other can look at it.
            pub use std::cell::{Cell, RefCell};

            /// Plain memory, whose accesses the checkers see and order.
            pub type UnsafeCell<T> = crate::rt::cell::UnsafeCell<super::$engine, T>;
        }

        /// What only some processors have: stores past the caches, which are plain ones here.
        pub mod arch {
            /// Stores a word, `Relaxed`: what a store past the caches is to other threads.
            ///
            /// # Safety
            /// None here; see the native one.
            #[inline]
            #[track_caller]
            pub unsafe fn stream(word: &super::sync::atomic::AtomicU64, value: u64) {
                word.stream(value);
            }

            /// Waits until what this thread has streamed can be seen by all. Nothing to whoever does
            /// not know streamed stores from others.
            #[inline]
            #[track_caller]
            pub fn drain() {
                crate::rt::fence::drain::<super::$engine>();
            }
        }

        /// Words that are not aligned: std has none.
        pub mod unaligned {
            /// As [`crate::rt::unaligned::U64`], or in two halves.
            pub type U64 = $unaligned;
        }

        /// As [`std::thread`].
        pub mod thread {
            pub use std::thread::{Result, available_parallelism};

            use super::$engine;
            use crate::rt::engine::{Engine, RawThread};

            /// As [`std::thread::JoinHandle`].
            pub type JoinHandle<T> = crate::rt::thread::JoinHandle<$engine, T>;
            /// As [`std::thread::Thread`].
            pub type Thread = crate::rt::thread::Thread<$engine>;
            /// As [`std::thread::ThreadId`].
            pub type ThreadId = <<$engine as Engine>::Thread as RawThread>::Id;
            /// As [`std::thread::Scope`].
            pub type Scope<'scope, 'env> = crate::rt::scope::Scope<'scope, 'env, $engine>;
            /// As [`std::thread::ScopedJoinHandle`].
            pub type ScopedJoinHandle<'scope, T> =
                crate::rt::scope::ScopedJoinHandle<'scope, $engine, T>;
            /// As [`std::thread::Builder`].
            pub type Builder = crate::rt::start::Builder<$engine>;

            /// As [`std::thread::panicking`]: of the thread that asks.
            pub fn panicking() -> bool {
                crate::rt::unwinding::now()
            }

            crate::rt::face::keys!($meets);

            /// As [`std::thread::scope`].
            #[track_caller]
            pub fn scope<'env, R>(
                f: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> R,
            ) -> R {
                crate::rt::scope::scope::<$engine, R>(f)
            }

            /// As [`std::thread::sleep`]: under a checker the others go first, and no time passes.
            #[track_caller]
            pub fn sleep(duration: std::time::Duration) {
                crate::rt::thread::sleep::<$engine>(duration);
            }

            /// As [`std::thread::park_timeout`]: under a checker, that the time is up is one of the
            /// things that may happen, whatever it is.
            #[track_caller]
            pub fn park_timeout(duration: std::time::Duration) {
                crate::rt::thread::park_timeout::<$engine>(duration);
            }

            /// As [`std::thread::spawn`].
            #[track_caller]
            pub fn spawn<T: Send + 'static>(
                body: impl FnOnce() -> T + Send + 'static,
            ) -> JoinHandle<T> {
                crate::rt::thread::spawn::<$engine, T>(body)
            }

            /// As [`std::thread::yield_now`]: under a checker this thread waits until something
            /// that it read has changed.
            #[track_caller]
            pub fn yield_now() {
                crate::rt::thread::yield_now::<$engine>();
            }

            /// As [`std::thread::park`].
            #[track_caller]
            pub fn park() {
                crate::rt::thread::park::<$engine>();
            }

            /// As [`std::thread::current`].
            pub fn current() -> Thread {
                crate::rt::thread::current()
            }
        }

        /// As [`std::hint`].
        pub mod hint {
            /// As [`std::hint::spin_loop`]: lets the others go first.
            #[track_caller]
            pub fn spin_loop() {
                super::thread::yield_now();
            }
        }
    };
}
pub(crate) use face;

/// What threads meet at, under a checker or as std has it, for the module `sync`.
macro_rules! meets {
    (std $engine:ident) => {
        pub use std::sync::{Barrier, BarrierWaitResult, Once, OnceLock, OnceState, mpsc};
    };
    (checked $engine:ident) => {
        pub use crate::rt::barrier::BarrierWaitResult;
        pub use crate::rt::once::OnceState;

        /// As [`std::sync::OnceLock`].
        pub type OnceLock<T> = crate::rt::once::OnceLock<$engine, T>;
        /// As [`std::sync::Once`].
        pub type Once = crate::rt::once::Once<$engine>;
        /// As [`std::sync::Barrier`].
        pub type Barrier = crate::rt::barrier::Barrier<$engine>;

        /// As [`std::sync::mpsc`].
        pub mod mpsc {
            crate::rt::mpsc::mpsc_of!(super::$engine);
        }
    };
}
pub(crate) use meets;

/// `thread_local!`, under a checker or as std has it.
macro_rules! locals {
    (std) => {
        pub use std::thread_local;
    };
    (checked) => {
        pub use crate::__thread_local as thread_local;
    };
}
pub(crate) use locals;

/// Its types, for the module `thread`.
macro_rules! keys {
    (std) => {
        pub use std::thread::{AccessError, LocalKey};
    };
    (checked) => {
        pub use crate::rt::local::{AccessError, LocalKey};
    };
}
pub(crate) use keys;

/// The aliases of atomics of plain values.
macro_rules! atomics {
    ($word:ident: $($name:ident $value:ty),+) => {$(
        #[doc = concat!("As [`std::sync::atomic::", stringify!($name), "`].")]
        pub type $name = Atomic<$word<$value>, $value>;
    )+};
}
pub(crate) use atomics;
