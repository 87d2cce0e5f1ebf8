//! Threads that a scenario starts itself.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Arc, Mutex};

use super::engine::Engine;
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::unpoisoned::Unpoisoned;
use super::{blocking, context};

type Slot<T> = Arc<Mutex<Option<std::thread::Result<T>>>>;

/// As [`std::thread::JoinHandle`].
pub struct JoinHandle<E: Engine, T> {
    thread: usize,
    raw: E::Handle,
    result: Slot<T>,
}

/// As [`std::thread::Thread`]: names a thread, to unpark it.
pub struct Thread<E> {
    number: usize,
    engine: PhantomData<fn() -> E>,
}

impl<E: Engine> Thread<E> {
    /// As [`std::thread::Thread::unpark`].
    #[track_caller]
    pub fn unpark(&self) {
        let op = Op::new(Kind::Unpark, Object::token(self.number));
        context::perform(op, || E::unpark(self.number));
        if observe::watching() {
            observe::operation(Seen::new(op, "unpark", Location::caller()));
        }
    }
}

#[cfg(test)]
impl<E> Thread<E> {
    /// The thread of this number.
    pub(crate) fn numbered(number: usize) -> Thread<E> {
        Thread { number, engine: PhantomData }
    }
}

impl<E> Thread<E> {
    /// As [`std::thread::Thread::id`]. No operation: a thread knows itself.
    pub fn id(&self) -> ThreadId {
        ThreadId(self.number)
    }
}

/// As [`std::thread::ThreadId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);

impl<E> Clone for Thread<E> {
    fn clone(&self) -> Self {
        Thread { number: self.number, engine: PhantomData }
    }
}

impl<E> std::fmt::Debug for Thread<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Thread({})", self.number)
    }
}

impl<E: Engine, T> JoinHandle<E, T> {
    /// As [`std::thread::JoinHandle::join`].
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        let op = Op::new(Kind::Join, Object::end(self.thread));
        let raw = self.raw;
        context::perform(op, || E::join(raw));
        if observe::watching() {
            observe::operation(Seen::new(op, "join", Location::caller()));
        }
        let result = self.result.lock().unpoisoned().take();
        result.expect("racelab: a joined thread has ended")
    }

    /// As [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> Thread<E> {
        Thread { number: self.thread, engine: PhantomData }
    }
}

/// Starts a thread of the scenario.
#[track_caller]
pub(crate) fn spawn<E: Engine, T: Send + 'static>(
    body: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<E, T> {
    let at = Location::caller();
    let result: Slot<T> = Arc::new(Mutex::new(None));
    let slot = result.clone();
    let op = Op::new(Kind::Spawn, Object::SPAWN_ORDER);
    let (thread, raw) = context::perform(op, || {
        E::spawn(move |thread| {
            context::with(|context| context.current.set(thread));
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
            super::deferred::release();
            *slot.lock().unpoisoned() = Some(ended);
            end(thread);
        })
    });
    if observe::watching() {
        observe::operation(Seen { wrote: Some(thread as u64), ..Seen::new(op, "spawn", at) });
    }
    JoinHandle { thread, raw, result }
}

/// Says that a thread has ended.
pub(crate) fn end(thread: usize) {
    super::record::settle();
    context::with(|context| context.finished[thread].set(true));
    blocking::end(thread);
}

/// The functions of [`std::thread`] for one engine.
macro_rules! thread_functions {
    ($engine:ty) => {
        /// As [`std::thread::spawn`].
        #[track_caller]
        pub fn spawn<T: Send + 'static>(
            body: impl FnOnce() -> T + Send + 'static,
        ) -> JoinHandle<T> {
            crate::rt::thread::spawn::<$engine, T>(body)
        }

        /// As [`std::thread::yield_now`]: this thread waits until something it read has changed.
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
    };
}
pub(crate) use thread_functions;

#[track_caller]
pub(crate) fn yield_now<E: Engine>() {
    if !std::thread::panicking() {
        let op = Op::new(Kind::Yield, Object::NONE);
        context::perform(op, E::yield_now);
        if observe::watching() {
            observe::operation(Seen::new(op, "yield_now", Location::caller()));
        }
    }
}

#[track_caller]
pub(crate) fn park<E: Engine>() {
    let (me, restless) =
        context::with(|context| (context.current.get(), context.allow.get().wakeups));
    if restless {
        context::perform(Op::new(Kind::Doze, Object::NONE), context::point);
    }
    let op = Op::new(Kind::Park, Object::token(me));
    let token = context::perform(op, || E::park(me));
    if observe::watching() {
        let read = Some(token as u64);
        observe::operation(Seen { read, ..Seen::new(op, "park", Location::caller()) });
    }
}

pub(crate) fn current<E: Engine>() -> Thread<E> {
    Thread { number: context::with(|context| context.current.get()), engine: PhantomData }
}
