//! As [`std::sync`].

pub mod atomic;
mod notify;

pub use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

pub use crate::__rt::sync::{
    Arc, Barrier, BarrierWaitResult, Condvar, Mutex, MutexGuard, Once, OnceLock, OnceState, RwLock,
    RwLockReadGuard, RwLockWriteGuard, WaitTimeoutResult, Weak, mpsc,
};
pub use notify::Notify;
