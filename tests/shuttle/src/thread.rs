//! As [`std::thread`]. A panic of a thread fails its execution at once, as in shuttle.

use std::{fmt, io};

pub use loom::thread::{
    AccessError, JoinHandle, LocalKey, Thread, ThreadId, current, panicking, park, park_timeout,
    sleep, yield_now,
};
pub use racelab::rt::shuttle::thread::{Scope, ScopedJoinHandle, scope};

use crate::execution;

fn numbered<T>(f: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let number = execution::starts();
    move || {
        execution::is(number);
        f()
    }
}

/// As [`std::thread::spawn`].
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    spawn_local(f)
}

/// As [`spawn`], of any closure.
#[track_caller]
pub(crate) fn spawn_local<T: 'static>(f: impl FnOnce() -> T + 'static) -> JoinHandle<T> {
    loom::thread::spawn(numbered(f))
}

/// As [`std::thread::Builder`].
pub struct Builder(loom::thread::Builder);

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Builder {
    /// As [`std::thread::Builder::new`].
    #[allow(clippy::new_without_default)]
    pub fn new() -> Builder {
        Builder(loom::thread::Builder::new())
    }

    /// As [`std::thread::Builder::name`].
    pub fn name(self, name: String) -> Builder {
        Builder(self.0.name(name))
    }

    /// As [`std::thread::Builder::spawn`].
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.0.spawn(numbered(f))
    }
}
