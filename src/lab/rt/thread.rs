//! Threads that a scenario starts itself.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::clocks::changed;
use super::context::Finer;
use super::engine::{Engine, RawThread, Start};
use super::observe::Seen;
use super::op::{Kind, Object, Op};
use super::start;
use super::unpoisoned::Unpoisoned;
use super::watch::{At, Watch, step};
use super::{blocking, context, record, unwinding};

pub(super) type Slot<T> = Arc<Mutex<Option<std::thread::Result<T>>>>;

/// As [`std::thread::JoinHandle`].
pub struct JoinHandle<E: Engine, T> {
    pub(super) thread: Thread<E>,
    /// What joins it; none where it ran at once, or a scope joins it.
    pub(super) raw: Option<E::Handle>,
    pub(super) result: Slot<T>,
}

/// As [`std::thread::Thread`]: names a thread, to unpark it.
pub struct Thread<E: Engine>(pub(crate) E::Thread);

impl<E: Engine> Thread<E> {
    /// As [`std::thread::Thread::unpark`].
    #[track_caller]
    pub fn unpark(&self) {
        let (token, at) = (Object::token(self.0.number()), Location::caller());
        step::<E::Watch, _>((Kind::Unpark, "unpark"), token, 0, at, || E::unpark(&self.0));
    }

    /// As [`std::thread::Thread::id`]. No operation: a thread knows itself.
    pub fn id(&self) -> <E::Thread as RawThread>::Id {
        self.0.id()
    }

    /// As [`std::thread::Thread::name`]. No operation: a name never changes.
    pub fn name(&self) -> Option<&str> {
        self.0.name()
    }
}

#[cfg(test)]
impl<E: Engine<Thread = Number>> Thread<E> {
    /// The thread of this number.
    pub(crate) fn numbered(number: usize) -> Thread<E> {
        Thread(Number(number, None))
    }
}

impl<E: Engine> Clone for Thread<E> {
    fn clone(&self) -> Self {
        Thread(self.0.clone())
    }
}

impl<E: Engine> std::fmt::Debug for Thread<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Thread({:?})", self.id())
    }
}

/// As [`std::thread::ThreadId`], of a thread under a checker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);

/// A thread under a checker, by its number in the execution.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Number(pub(crate) usize, pub(crate) Option<Arc<str>>);

impl Number {
    /// The thread that runs.
    pub(crate) fn current() -> Number {
        context::with(|context| {
            let number = context.current.get();
            Number(number, context.keeps.borrow().name_of(number))
        })
    }
}

impl RawThread for Number {
    type Id = ThreadId;
    fn id(&self) -> ThreadId {
        ThreadId(self.0)
    }
    fn name(&self) -> Option<&str> {
        self.1.as_deref()
    }
    fn number(&self) -> usize {
        self.0
    }
    fn named(self, name: Option<String>) -> Number {
        Number(self.0, name.map(Arc::from))
    }
}

impl<E: Engine, T> JoinHandle<E, T> {
    /// As [`std::thread::JoinHandle::join`].
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        let JoinHandle { thread, raw, result } = self;
        if let Some(raw) = raw {
            join_raw::<E>(thread.0.number(), raw, "join", Location::caller());
            if E::Watch::CHECKED {
                context::with(|context| context.keeps.borrow_mut().heard(thread.0.number()));
            }
        }
        taken(&result)
    }

    /// As [`std::thread::JoinHandle::is_finished`]. It orders nothing, as std's does not.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        let at = Location::caller();
        let Some(raw) = &self.raw else { return self.result.lock().unpoisoned().is_some() };
        Self::finished(&self.thread, Some(raw), at)
    }

    /// Whether a thread has ended: the step.
    pub(super) fn finished(thread: &Thread<E>, raw: Option<&E::Handle>, at: At) -> bool {
        if E::Watch::CHECKED {
            context::with(|context| {
                let ends = Finer { ends: true, ..Finer::default() };
                context.wants.set(context.wants.get().and(ends));
            });
        }
        let op = Op::new(Kind::Load, Object::end(thread.0.number()));
        let finished = E::Watch::perform(op, || E::is_finished(&thread.0, raw));
        E::Watch::tell(|| {
            let (order, read) = (Some(Ordering::Relaxed), Some(finished as u64));
            Seen { order, read, ..Seen::new(op, "is_finished", at) }
        });
        finished
    }

    /// As [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> &Thread<E> {
        &self.thread
    }
}

impl<E: Engine, T> std::fmt::Debug for JoinHandle<E, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

/// As [`std::thread::spawn`].
#[track_caller]
pub(crate) fn spawn<E: Engine, T: Send + 'static>(
    body: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<E, T> {
    // Safety: it borrows nothing.
    unsafe { start::start(Start::default(), body, || ()) }
}

/// The number of the thread that runs.
pub(super) fn number<E: Engine>() -> usize {
    E::current().number()
}

/// Waits for the end of a thread.
pub(super) fn join_raw<E: Engine>(thread: usize, raw: E::Handle, name: &'static str, at: At) {
    step::<E::Watch, _>((Kind::Join, name), Object::end(thread), 0, at, || E::join(raw));
    if E::Watch::CHECKED {
        context::with(|context| context.keeps.borrow_mut().joins(context.current.get(), thread));
    }
}

/// What became of a thread that was joined.
pub(super) fn taken<T>(result: &Slot<T>) -> std::thread::Result<T> {
    result.lock().unpoisoned().take().expect("racelab: a joined thread has ended")
}

/// Says that a thread has ended.
pub(crate) fn end(thread: usize) {
    record::settle();
    changed::look(thread);
    if context::with(|context| context.keeps.borrow().dead) {
        unwinding::release();
    }
    context::with(|context| context.finished[thread].set(true));
    blocking::end(thread);
}

/// As [`std::thread::yield_now`].
#[track_caller]
pub(crate) fn yield_now<E: Engine>() {
    if !E::Watch::unwinding() {
        let at = Location::caller();
        step::<E::Watch, _>((Kind::Yield, "yield_now"), Object::NONE, 0, at, E::yield_now);
    }
}

/// As [`std::thread::sleep`].
#[track_caller]
pub(crate) fn sleep<E: Engine>(time: Duration) {
    if !E::Watch::unwinding() {
        let at = Location::caller();
        step::<E::Watch, _>((Kind::Yield, "sleep"), Object::NONE, 0, at, || E::sleep(time));
    }
}

/// As [`std::thread::park_timeout`].
#[track_caller]
pub(crate) fn park_timeout<E: Engine>(time: Duration) {
    let op = Op::new(Kind::ParkTimeout, Object::token(E::current().number()));
    let token = E::Watch::perform(op, || E::park_timeout(time));
    let (at, name) = (Location::caller(), if token { "park_timeout" } else { "time is up" });
    E::Watch::tell(|| Seen { read: Some(token as u64), ..Seen::new(op, name, at) });
}

/// As [`std::thread::park`].
#[track_caller]
pub(crate) fn park<E: Engine>() {
    if E::Watch::CHECKED && context::with(|context| context.allow.get().wakeups) {
        context::perform(Op::new(Kind::Doze, Object::NONE), context::point);
    }
    let op = Op::new(Kind::Park, Object::token(E::current().number()));
    let token = E::Watch::perform(op, E::park);
    let at = Location::caller();
    E::Watch::tell(|| Seen { read: Some(token as u64), ..Seen::new(op, "park", at) });
}

/// As [`std::thread::current`].
pub(crate) fn current<E: Engine>() -> Thread<E> {
    Thread(E::current())
}
