//! Locks and threads under loom: its own, with guards that a panic cannot spoil.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::meeting::{self, Meeting};
use crate::rt::engine::{Engine, HeldLock, RawCell, RawCondvar, RawMutex, RawRwLock, Start};
use crate::rt::meeting::{Came, RawMeeting};
use crate::rt::observe::{self, Seen};
use crate::rt::op::{Kind, MAX_THREADS, Object, Op};
use crate::rt::thread::Number;
use crate::rt::watch::{At, Checker};
use crate::rt::word::Sealed;
use crate::rt::{context, unwinding};

/// The facade's engine under loom.
#[doc(hidden)]
pub struct Loom;

impl Sealed for Loom {}

/// loom's own lock, shared with guards that outlive it: those kept until an unwinding is over.
#[doc(hidden)]
pub struct Mutex(Arc<loom::sync::Mutex<()>>);

impl RawMutex for Mutex {
    type Held = loom::sync::MutexGuard<'static, ()>;

    fn new(_: Object) -> Self {
        Mutex(Arc::new(loom::sync::Mutex::new(())))
    }
    fn lock(&self) -> Self::Held {
        held(self.0.lock().expect("loom's lock is never poisoned"))
    }
    fn try_lock(&self) -> Option<Self::Held> {
        self.0.try_lock().ok().map(held)
    }
    fn unlock(&self, held: Self::Held) {
        drop(held);
    }
    fn lock_unwinding(&self) -> Option<Self::Held> {
        // loom cannot take one without a switch.
        None
    }
    fn unlock_unwinding(&self, held: Self::Held) {
        // The lock is behind the `Arc` whose clone is kept beside the guard, and dropped after it.
        unwinding::keep(Box::new((held, self.0.clone())));
    }
}

/// A guard without the lifetime of its borrow.
fn held(guard: loom::sync::MutexGuard<'_, ()>) -> loom::sync::MutexGuard<'static, ()> {
    // Safety: as `RawMutex` has it, who gets it borrows the lock, and gives it back before that ends.
    unsafe { std::mem::transmute(guard) }
}

fn reads(guard: loom::sync::RwLockReadGuard<'_, ()>) -> loom::sync::RwLockReadGuard<'static, ()> {
    // Safety: as for `held`.
    unsafe { std::mem::transmute(guard) }
}

fn writes(
    guard: loom::sync::RwLockWriteGuard<'_, ()>,
) -> loom::sync::RwLockWriteGuard<'static, ()> {
    // Safety: as for `held`.
    unsafe { std::mem::transmute(guard) }
}

/// loom's own lock, as for [`Mutex`], and the threads that read-hold it.
#[doc(hidden)]
pub struct RwLock {
    readers: RefCell<Vec<usize>>,
    lock: Arc<loom::sync::RwLock<()>>,
}

impl RwLock {
    /// A thread holds it as a reader.
    fn entered(&self, thread: usize) {
        self.readers.borrow_mut().push(thread);
    }
}

fn me() -> usize {
    context::with(|context| context.current.get())
}

impl RawRwLock for RwLock {
    type Reads = loom::sync::RwLockReadGuard<'static, ()>;
    type Writes = loom::sync::RwLockWriteGuard<'static, ()>;

    fn new(_: Object) -> Self {
        RwLock { readers: RefCell::new(Vec::new()), lock: Arc::new(loom::sync::RwLock::new(())) }
    }
    fn read(&self) -> Self::Reads {
        let me = me();
        let again = self.readers.borrow().contains(&me);
        // loom ends in an internal error here; std may wait for ever if a writer has come.
        assert!(!again, "racelab: a thread read-locks a lock that it has read-locked already");
        let guard = self.lock.read().expect("loom's lock is never poisoned");
        self.entered(me);
        reads(guard)
    }
    fn try_read(&self) -> Option<Self::Reads> {
        let me = me();
        let guard = self.lock.try_read().ok()?;
        self.entered(me);
        Some(reads(guard))
    }
    fn unlock_read(&self, held: Self::Reads, unwinding: bool) {
        let me = me();
        let mut readers = self.readers.borrow_mut();
        if let Some(index) = readers.iter().position(|reader| *reader == me) {
            readers.remove(index);
        }
        drop(readers);
        if unwinding {
            unwinding::keep(Box::new((held, self.lock.clone())));
        }
    }
    fn write(&self) -> Self::Writes {
        writes(self.lock.write().expect("loom's lock is never poisoned"))
    }
    fn try_write(&self) -> Option<Self::Writes> {
        self.lock.try_write().ok().map(writes)
    }
    fn unlock_write(&self, held: Self::Writes, unwinding: bool) {
        if unwinding {
            unwinding::keep(Box::new((held, self.lock.clone())));
        }
    }
    fn read_unwinding(&self) -> Option<Self::Reads> {
        None
    }
    fn write_unwinding(&self) -> Option<Self::Writes> {
        None
    }
    fn line_up(&self) {}
}

#[doc(hidden)]
pub struct Condvar {
    raw: loom::sync::Condvar,
    /// The queue, where a program waits for a time: loom's knows none.
    timed: Option<Meeting>,
    object: Object,
}

impl Condvar {
    fn op(&self, kind: Kind) -> Op {
        Op::new(kind, self.object)
    }

    /// Waits in our own queue; whether the time was up. The thread is in the queue before it gives
    /// the lock back: who notifies in between wakes it, as if it came a moment later.
    fn wait_in(
        &self,
        queue: &Meeting,
        wakes: Kind,
        name: &'static str,
        lock: Option<HeldLock<'_, Mutex>>,
        at: At,
    ) -> (Option<loom::sync::MutexGuard<'static, ()>>, bool) {
        let address = self as *const Self as usize;
        let tell = |op, name| observe::tell(|| Seen { address, ..Seen::new(op, name, at) });
        let other = lock.as_ref().map_or(Object::NONE, |lock| lock.1);
        let wait = Op { other, ..self.op(Kind::Wait) };
        tell(wait, name);
        let mutex = context::perform(wait, || {
            queue.perform(wait, &mut |_| ());
            lock.map(|(mutex, _, guard)| {
                drop(guard);
                mutex
            })
        });
        let wake = self.op(wakes);
        let late = context::perform(wake, || queue.perform(wake, &mut |_| ())) == Came::No;
        let late = late && wakes == Kind::WakeTimeout;
        tell(wake, if late { "time is up" } else { "wake" });
        let again = Op::new(Kind::Lock, other);
        let guard = mutex.map(|mutex| {
            let guard = context::perform(again, || mutex.lock());
            tell(again, "lock again");
            guard
        });
        (guard, late)
    }

    fn wait_with(
        &self,
        guard: loom::sync::MutexGuard<'static, ()>,
        other: Object,
        at: At,
    ) -> loom::sync::MutexGuard<'static, ()> {
        let address = self as *const Self as usize;
        let op = Op { other, ..Op::new(Kind::Wait, self.object) };
        observe::tell(|| Seen { address, ..Seen::new(op, "wait", at) });
        let guard = context::perform(op, || self.raw.wait(guard));
        let woken = Op::new(Kind::Wake, self.object);
        observe::tell(|| Seen { address, ..Seen::new(woken, "wake", at) });
        guard.expect("loom's lock is never poisoned")
    }
}

impl RawCondvar<Mutex> for Condvar {
    fn new(object: Object) -> Self {
        let timed = meeting::times().then(|| Meeting::new(object));
        Condvar { raw: loom::sync::Condvar::new(), timed, object }
    }
    fn wait(
        &self,
        lock: Option<HeldLock<'_, Mutex>>,
        at: At,
    ) -> Option<loom::sync::MutexGuard<'static, ()>> {
        if let Some(queue) = &self.timed {
            return self.wait_in(queue, Kind::Wake, "wait", lock, at).0;
        }
        let Some((_, other, guard)) = lock else {
            // loom waits with a lock only: one that nobody else takes does no more than none.
            let alone = Mutex::new(Object::NONE);
            let guard = alone.lock();
            drop(self.wait_with(guard, Object::NONE, at));
            return None;
        };
        let guard = self.wait_with(guard, other, at);
        let address = self as *const Self as usize;
        let locked = Op::new(Kind::Lock, other);
        observe::tell(|| Seen { address, ..Seen::new(locked, "lock again", at) });
        Some(guard)
    }
    fn wait_timeout(
        &self,
        lock: Option<HeldLock<'_, Mutex>>,
        _: Duration,
        at: At,
    ) -> (Option<loom::sync::MutexGuard<'static, ()>>, bool) {
        context::with(meeting::want_times);
        match &self.timed {
            Some(queue) => self.wait_in(queue, Kind::WakeTimeout, "wait_timeout", lock, at),
            // This execution counts for nothing: all of them are run again.
            None => (lock.map(|lock| lock.2), false),
        }
    }
    fn notify_one(&self) {
        match &self.timed {
            Some(queue) => drop(queue.perform(self.op(Kind::NotifyOne), &mut |_| ())),
            None => self.raw.notify_one(),
        }
    }
    fn notify_all(&self) {
        match &self.timed {
            Some(queue) => drop(queue.perform(self.op(Kind::NotifyAll), &mut |_| ())),
            None => self.raw.notify_all(),
        }
    }
}

#[doc(hidden)]
pub struct Cell(loom::cell::UnsafeCell<()>);

impl RawCell for Cell {
    fn new() -> Self {
        Cell(loom::cell::UnsafeCell::new(()))
    }
    fn point() {}
    #[track_caller]
    fn read(&self) {
        self.0.with(|_| ());
    }
    #[track_caller]
    fn write(&self) {
        self.0.with_mut(|_| ());
    }
}

thread_local! {
    static THREADS: RefCell<[Option<loom::thread::Thread>; MAX_THREADS]> =
        const { RefCell::new([const { None }; MAX_THREADS]) };
}

/// Remembers loom's name of a thread, to unpark it.
pub(crate) fn register(number: usize, thread: loom::thread::Thread) {
    THREADS.with(|threads| threads.borrow_mut()[number] = Some(thread));
}

impl Engine for Loom {
    type Watch = Checker;
    type Mutex = Mutex;
    type RwLock = RwLock;
    type Condvar = Condvar;
    type Cell = Cell;
    type Thread = Number;
    type Handle = loom::thread::JoinHandle<()>;

    fn fence(order: Ordering) {
        loom::sync::atomic::fence(order);
    }
    fn yield_now() {
        loom::thread::yield_now();
    }
    fn current() -> Number {
        Number::current()
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static, _: Start) -> (Number, Self::Handle) {
        let thread = context::with(|context| context.new_thread());
        meeting::prepare_end(thread);
        let handle = loom::thread::spawn(move || body(thread));
        register(thread, handle.thread().clone());
        (Number(thread, None), handle)
    }
    fn join(handle: Self::Handle) {
        // The result travels by the facade's own slot; an unwinding thread was caught there.
        let _ = handle.join();
    }
    fn is_finished(&Number(thread, _): &Number, _: Option<&Self::Handle>) -> bool {
        meeting::has_ended(thread)
    }
    fn finish(thread: usize) {
        meeting::end(thread);
    }
    fn park() -> bool {
        let me = Number::current().0;
        if meeting::times() {
            return meeting::token(me, Kind::Park, me) == Came::Yes;
        }
        loom::thread::park();
        true
    }
    fn park_timeout(_: Duration) -> bool {
        context::with(meeting::want_times);
        let me = Number::current().0;
        meeting::token(me, Kind::ParkTimeout, me) == Came::Yes
    }
    fn sleep(_: Duration) {
        loom::thread::yield_now();
    }
    fn unpark(&Number(thread, _): &Number) {
        if meeting::times() {
            meeting::token(thread, Kind::Unpark, Number::current().0);
            return;
        }
        let target = THREADS.with(|threads| threads.borrow()[thread].clone());
        if let Some(target) = target {
            target.unpark();
        }
    }
}
