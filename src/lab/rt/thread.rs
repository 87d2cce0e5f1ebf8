//! Threads that a scenario starts itself.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use super::engine::{Engine, RawThread};
use super::observe::Seen;
use super::op::{Kind, Object, Op};
use super::unpoisoned::Unpoisoned;
use super::watch::{Watch, step};
use super::{blocking, context, record, unwinding};

type Slot<T> = Arc<Mutex<Option<std::thread::Result<T>>>>;

/// As [`std::thread::JoinHandle`].
pub struct JoinHandle<E: Engine, T> {
    thread: Thread<E>,
    raw: E::Handle,
    result: Slot<T>,
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
        Thread(Number(number))
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
#[derive(Clone, Copy, Debug)]
pub struct Number(pub(crate) usize);

impl Number {
    /// The thread that runs.
    pub(crate) fn current() -> Number {
        Number(context::with(|context| context.current.get()))
    }
}

impl RawThread for Number {
    type Id = ThreadId;
    fn id(&self) -> ThreadId {
        ThreadId(self.0)
    }
    fn name(&self) -> Option<&str> {
        None
    }
    fn number(&self) -> usize {
        self.0
    }
}

impl<E: Engine, T> JoinHandle<E, T> {
    /// As [`std::thread::JoinHandle::join`].
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        let JoinHandle { thread, raw, result } = self;
        let (end, at) = (Object::end(thread.0.number()), Location::caller());
        step::<E::Watch, _>((Kind::Join, "join"), end, 0, at, || E::join(raw));
        let result = result.lock().unpoisoned().take();
        result.expect("racelab: a joined thread has ended")
    }

    /// As [`std::thread::JoinHandle::is_finished`]. It orders nothing, as std's does not.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        let at = Location::caller();
        if E::Watch::CHECKED {
            context::with(|context| context.looks_at_a_count());
        }
        let op = Op::new(Kind::Load, Object::end(self.thread.0.number()));
        let finished = E::Watch::perform(op, || E::is_finished(&self.thread.0, &self.raw));
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
    let at = Location::caller();
    let result: Slot<T> = Arc::new(Mutex::new(None));
    let slot = result.clone();
    let op = Op::new(Kind::Spawn, Object::SPAWN_ORDER);
    let (thread, raw) = E::Watch::perform(op, || {
        E::spawn(move |thread| {
            if E::Watch::CHECKED {
                context::with(|context| context.current.set(thread));
            }
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
            if E::Watch::CHECKED {
                unwinding::release();
            }
            *slot.lock().unpoisoned() = Some(ended);
            if E::Watch::CHECKED {
                if context::with(|context| context.counting()) {
                    // Whether it has finished is looked at: its end is a step.
                    context::perform(Op::new(Kind::Store, Object::end(thread)), context::point);
                }
                end(thread);
            }
        })
    });
    let wrote = Some(thread.number() as u64);
    E::Watch::tell(|| Seen { wrote, ..Seen::new(op, "spawn", at) });
    JoinHandle { thread: Thread(thread), raw, result }
}

/// Says that a thread has ended.
pub(crate) fn end(thread: usize) {
    record::settle();
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
