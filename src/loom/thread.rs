//! As [`std::thread`]. A panic of a thread fails its execution at once, as in loom.

use std::{fmt, io};

pub use crate::__rt::thread::{
    AccessError, LocalKey, Thread, ThreadId, current, panicking, park, park_timeout, sleep,
    yield_now,
};
use racelab::rt::whole;

use crate::__rt::thread as rt;

/// As [`std::thread::JoinHandle`].
#[derive(Debug)]
pub struct JoinHandle<T>(rt::JoinHandle<Moved<T>>);

/// What a thread takes with it, or ends with. loom does not ask for `Send`.
struct Moved<T>(T);

// Safety: the threads of an execution run on one thread of the system, one at a time, and no value
// of theirs goes to another execution: the facade's types look for that.
unsafe impl<T> Send for Moved<T> {}

impl<T> Moved<T> {
    fn take(self) -> T {
        self.0
    }
}

fn body<F: FnOnce() -> T, T>(f: F) -> impl FnOnce() -> Moved<T> + Send {
    let f = Moved(f);
    move || Moved(whole::run(f.take()))
}

/// As [`std::thread::spawn`], of any closure.
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + 'static,
    T: 'static,
{
    JoinHandle(rt::spawn(body(f)))
}

impl<T> JoinHandle<T> {
    /// As [`std::thread::JoinHandle::join`].
    ///
    /// # Errors
    /// None: where a thread panics, its execution ends.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        self.0.join().map(Moved::take)
    }

    /// As [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }

    /// As [`std::thread::JoinHandle::is_finished`].
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

/// As [`std::thread::Builder`]. Stacks are as large as the runtime makes them.
pub struct Builder(rt::Builder);

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").finish_non_exhaustive()
    }
}

impl Builder {
    /// As [`std::thread::Builder::new`].
    #[allow(clippy::new_without_default)]
    pub fn new() -> Builder {
        Builder(rt::Builder::new())
    }

    /// As [`std::thread::Builder::name`].
    pub fn name(self, name: String) -> Builder {
        Builder(self.0.name(name))
    }

    /// As [`std::thread::Builder::stack_size`].
    pub fn stack_size(self, size: usize) -> Builder {
        Builder(self.0.stack_size(size))
    }

    /// As [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    /// None: a thread of a model can always be started.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Ok(JoinHandle(self.0.spawn(body(f))?))
    }
}
