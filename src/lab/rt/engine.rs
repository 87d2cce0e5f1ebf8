//! What the front needs of a runtime, beyond its atomics.
//!
//! A back end is one implementation of [`Engine`], with the locks and threads that it names, and
//! one of [`Raw`](super::announced::Raw) for its atomics; its face is one line of
//! `face!`.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::op::Object;
use super::watch::{At, Watch};
use super::word::Sealed;

/// A back end. Each call is one step of its model, made by the current thread.
#[doc(hidden)]
pub trait Engine: Sealed + Sized + 'static {
    type Watch: Watch;
    type Mutex: RawMutex;
    type RwLock: RawRwLock;
    type Condvar: RawCondvar<Self::Mutex>;
    type Cell: RawCell;
    type Thread: RawThread;
    type Handle;

    fn fence(order: Ordering);
    /// Waits for streamed stores, where those are more than `Relaxed` ones.
    fn drain() {}
    fn yield_now();
    fn current() -> Self::Thread;
    /// Starts a thread, which is told its number.
    fn spawn(
        body: impl FnOnce(usize) + Send + 'static,
        start: Start,
    ) -> (Self::Thread, Self::Handle);
    fn join(handle: Self::Handle);
    /// Whether the thread has come to its end.
    fn is_finished(thread: &Self::Thread, handle: Option<&Self::Handle>) -> bool;
    /// The end of this thread, as a step of its own, where somebody asks for it.
    fn finish(thread: usize);
    /// Waits for the token of the current thread; whether it was there.
    fn park() -> bool;
    fn unpark(thread: &Self::Thread);
    /// As `park`, until the time is up.
    fn park_timeout(time: Duration) -> bool;
    /// Lets the others go first: for so long, where time passes.
    fn sleep(time: Duration);
}

/// How a thread is started.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Start {
    pub(crate) name: Option<String>,
    pub(crate) stack_size: Option<usize>,
    /// An execution does not come to its end over it.
    pub(crate) attached: bool,
}

/// What names a thread.
#[doc(hidden)]
pub trait RawThread: Clone {
    type Id: Copy + Eq + std::hash::Hash + std::fmt::Debug;
    fn id(&self) -> Self::Id;
    fn name(&self) -> Option<&str>;
    /// The same with the name that it was given, where it does not know that itself.
    fn named(self, name: Option<String>) -> Self;
    /// The number of the thread in its execution; 0 where threads have none.
    fn number(&self) -> usize;
}

/// A lock for one at a time.
///
/// What it gives out names no lifetime, so that the facade's guard may be taken for one that lives
/// less long, as std's: who has it borrows the lock, and gives it back before the lock ends.
#[doc(hidden)]
pub trait RawMutex: Sized {
    /// The back end's own guard.
    type Held;
    fn new(object: Object) -> Self;
    fn lock(&self) -> Self::Held;
    fn try_lock(&self) -> Option<Self::Held>;
    fn unlock(&self, held: Self::Held);
    /// Takes the lock while unwinding, without a switch, if it is free.
    fn lock_unwinding(&self) -> Option<Self::Held>;
    /// Gives the lock back while unwinding: without a switch, and without poisoning the engine's.
    fn unlock_unwinding(&self, held: Self::Held);
}

/// A lock for one writer or many readers.
#[doc(hidden)]
pub trait RawRwLock: Sized {
    /// The back end's own guards, of a reader and of the writer: as [`RawMutex::Held`].
    type Reads;
    type Writes;
    fn new(object: Object) -> Self;
    fn read(&self) -> Self::Reads;
    fn try_read(&self) -> Option<Self::Reads>;
    fn unlock_read(&self, held: Self::Reads, unwinding: bool);
    fn write(&self) -> Self::Writes;
    fn try_write(&self) -> Option<Self::Writes>;
    fn unlock_write(&self, held: Self::Writes, unwinding: bool);
    /// Takes the lock while unwinding, without a switch, if it is free.
    fn read_unwinding(&self) -> Option<Self::Reads>;
    fn write_unwinding(&self) -> Option<Self::Writes>;
    /// Joins the writers that hold up readers to come.
    fn line_up(&self);
}

/// A lock that is held, with its identity, as a condition variable takes it.
#[doc(hidden)]
pub type HeldLock<'a, M> = (&'a M, Object, <M as RawMutex>::Held);

/// A queue of waiting threads.
#[doc(hidden)]
pub trait RawCondvar<M: RawMutex> {
    fn new(object: Object) -> Self;
    /// Gives the lock back and waits; the lock is held again at the end. Without a lock it only
    /// waits, which is what is left where the lock is left out.
    fn wait(&self, lock: Option<HeldLock<'_, M>>, at: At) -> Option<M::Held>;
    /// As `wait`, until the time is up: whether it was.
    fn wait_timeout(
        &self,
        lock: Option<HeldLock<'_, M>>,
        time: Duration,
        at: At,
    ) -> (Option<M::Held>, bool);
    fn notify_one(&self);
    fn notify_all(&self);
}

/// Notices accesses to plain memory that nothing orders.
#[doc(hidden)]
pub trait RawCell {
    fn new() -> Self;
    /// A step before an access that no lock protects.
    fn point();
    #[track_caller]
    fn read(&self);
    #[track_caller]
    fn write(&self);
}
