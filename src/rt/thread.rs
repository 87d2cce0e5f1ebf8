//! Threads that a scenario starts itself.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::context::Finer;
use super::engine::Engine;
use super::meeting::RawBaton;
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::start::{self, Shared};
use super::{blocking, context};

/// As [`std::thread::JoinHandle`].
pub struct JoinHandle<E: Engine, T> {
    pub(super) thread: Thread<E>,
    /// What joins it; none where it ran at once, or a scope joins it.
    pub(super) raw: Option<E::Handle>,
    pub(super) shared: Arc<Shared<E, T>>,
}

/// As [`std::thread::Thread`]: names a thread, to unpark it.
pub struct Thread<E> {
    pub(super) number: usize,
    pub(super) name: Option<Arc<str>>,
    pub(super) engine: PhantomData<fn() -> E>,
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
        Thread { number, name: None, engine: PhantomData }
    }
}

impl<E> Thread<E> {
    /// As [`std::thread::Thread::name`]: what a `Builder` gave it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

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
        Thread { number: self.number, name: self.name.clone(), engine: PhantomData }
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
        if let Some(raw) = self.raw {
            join_raw::<E>(self.thread.number, raw, "join", Location::caller());
        }
        self.shared.take().expect("racelab: a joined thread has ended")
    }

    /// As [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> &Thread<E> {
        &self.thread
    }

    /// As [`std::thread::JoinHandle::is_finished`]: orders nothing, as std's promises nothing.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        let order = std::sync::atomic::Ordering::Relaxed;
        let number = self.thread.number;
        let now = || context::with(|context| context.finished[number].get());
        if std::thread::panicking() || self.raw.is_none() && self.shared.ended() {
            return now();
        }
        context::with(|context| {
            context.wants.set(context.wants.get().and(Finer { ends: true, ..Finer::default() }));
        });
        let op = Op::new(Kind::Load, Object::end(number));
        let ended = context::perform(op, || {
            self.shared.end.look(order, || {
                context::point();
                now()
            })
        });
        if observe::watching() {
            let (read, order) = (Some(ended as u64), Some(order));
            observe::operation(Seen {
                read,
                order,
                ..Seen::new(op, "is_finished", Location::caller())
            });
        }
        ended
    }
}

/// Waits for the end of a thread.
pub(super) fn join_raw<E: Engine>(
    thread: usize,
    raw: E::Handle,
    name: &'static str,
    at: &'static Location<'static>,
) {
    let op = Op::new(Kind::Join, Object::end(thread));
    context::perform(op, || E::join(raw));
    if observe::watching() {
        observe::operation(Seen::new(op, name, at));
    }
}

/// Starts a thread of the scenario.
#[track_caller]
pub(crate) fn spawn<E: Engine, T: Send + 'static>(
    body: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<E, T> {
    // Safety: it borrows nothing.
    unsafe { start::start(None, false, body, || ()) }
}

/// Says that a thread has ended.
pub(crate) fn end(thread: usize) {
    super::record::settle();
    if context::with(|context| context.keeps.borrow().dead) {
        super::deferred::release();
    }
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

        /// As [`std::thread::park_timeout`]: that the time is up is one of the things that may
        /// happen, whatever it is.
        #[track_caller]
        pub fn park_timeout(duration: std::time::Duration) {
            let _ = duration;
            crate::rt::thread::park_timeout::<$engine>();
        }

        /// As [`std::thread::sleep`]: the others go first, and no time passes.
        #[track_caller]
        pub fn sleep(duration: std::time::Duration) {
            let _ = duration;
            crate::rt::thread::sleep::<$engine>();
        }

        /// As [`std::thread::scope`].
        #[track_caller]
        pub fn scope<'env, R>(f: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> R) -> R {
            crate::rt::scope::scope::<$engine, R>(f)
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
    let_others_go::<E>("yield_now", Location::caller());
}

#[track_caller]
pub(crate) fn sleep<E: Engine>() {
    let_others_go::<E>("sleep", Location::caller());
}

fn let_others_go<E: Engine>(name: &'static str, at: &'static Location<'static>) {
    if !std::thread::panicking() {
        let op = Op::new(Kind::Yield, Object::NONE);
        context::perform(op, E::yield_now);
        if observe::watching() {
            observe::operation(Seen::new(op, name, at));
        }
    }
}

#[track_caller]
pub(crate) fn park_timeout<E: Engine>() {
    let me = context::with(|context| context.current.get());
    let op = Op::new(Kind::ParkTimeout, Object::token(me));
    let token = context::perform(op, || E::park_timeout(me));
    if observe::watching() {
        let name = if token { "park_timeout" } else { "time is up" };
        let read = Some(token as u64);
        observe::operation(Seen { read, ..Seen::new(op, name, Location::caller()) });
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
    let number = context::with(|context| context.current.get());
    let name = context::with(|context| context.keeps.borrow().name_of(number));
    Thread { number, name, engine: PhantomData }
}
