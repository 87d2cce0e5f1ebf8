//! Locks and threads under loom: its own, with guards that a panic cannot spoil.

use std::cell::RefCell;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::meeting::{self, Meeting};
use crate::rt::engine::{Engine, RawCell, RawCondvar, RawMutex, RawRwLock};
use crate::rt::meeting::{Came, RawMeeting};
use crate::rt::observe::{self, Seen};
use crate::rt::op::{Kind, MAX_THREADS, Object, Op};
use crate::rt::word::Sealed;
use crate::rt::{context, deferred};

/// The facade's engine under loom.
#[doc(hidden)]
pub struct Loom;

impl Sealed for Loom {}

type Guard = loom::sync::MutexGuard<'static, ()>;

/// The guard comes first: it is dropped before the lock that it borrows.
#[doc(hidden)]
pub struct Mutex {
    guard: RefCell<Option<Guard>>,
    lock: Arc<loom::sync::Mutex<()>>,
}

impl Mutex {
    fn keep(&self, guard: loom::sync::MutexGuard<'_, ()>) {
        // Safety: the guard borrows `self.lock`, which outlives it: it is dropped by `unlock`, or
        // together with a clone of the `Arc` by `unlock_unwinding`, or before `lock` by drop order.
        let guard = unsafe { std::mem::transmute::<loom::sync::MutexGuard<'_, ()>, Guard>(guard) };
        *self.guard.borrow_mut() = Some(guard);
    }
}

impl RawMutex for Mutex {
    fn new(_: Object) -> Self {
        Mutex { guard: RefCell::new(None), lock: Arc::new(loom::sync::Mutex::new(())) }
    }
    fn lock(&self) {
        let guard = self.lock.lock().expect("loom's lock is never poisoned");
        self.keep(guard);
    }
    fn try_lock(&self) -> bool {
        match self.lock.try_lock() {
            Ok(guard) => {
                self.keep(guard);
                true
            }
            Err(_) => false,
        }
    }
    fn unlock(&self) {
        let guard = self.guard.borrow_mut().take();
        drop(guard);
    }
    fn lock_unwinding(&self) -> bool {
        // loom cannot take one without a switch.
        false
    }
    fn unlock_unwinding(&self) {
        if let Some(guard) = self.guard.borrow_mut().take() {
            deferred::keep(Box::new((guard, self.lock.clone())));
        }
    }
}

type ReadGuard = loom::sync::RwLockReadGuard<'static, ()>;
type WriteGuard = loom::sync::RwLockWriteGuard<'static, ()>;

/// The guards come first: they are dropped before the lock that they borrow.
#[doc(hidden)]
pub struct RwLock {
    readers: RefCell<Vec<(usize, ReadGuard)>>,
    writer: RefCell<Option<WriteGuard>>,
    lock: Arc<loom::sync::RwLock<()>>,
}

impl RwLock {
    fn keep_reader(&self, guard: loom::sync::RwLockReadGuard<'_, ()>) {
        // Safety: as for `Mutex::keep`.
        let guard =
            unsafe { std::mem::transmute::<loom::sync::RwLockReadGuard<'_, ()>, ReadGuard>(guard) };
        let me = context::with(|context| context.current.get());
        self.readers.borrow_mut().push((me, guard));
    }
    fn keep_writer(&self, guard: loom::sync::RwLockWriteGuard<'_, ()>) {
        // Safety: as for `Mutex::keep`.
        let guard = unsafe {
            std::mem::transmute::<loom::sync::RwLockWriteGuard<'_, ()>, WriteGuard>(guard)
        };
        *self.writer.borrow_mut() = Some(guard);
    }
}

impl RawRwLock for RwLock {
    fn new(_: Object) -> Self {
        RwLock {
            readers: RefCell::new(Vec::new()),
            writer: RefCell::new(None),
            lock: Arc::new(loom::sync::RwLock::new(())),
        }
    }
    fn read(&self) {
        let me = context::with(|context| context.current.get());
        let again = self.readers.borrow().iter().any(|reader| reader.0 == me);
        // loom ends in an internal error here; std may wait for ever if a writer has come.
        assert!(!again, "racelab: a thread read-locks a lock that it has read-locked already");
        let guard = self.lock.read().expect("loom's lock is never poisoned");
        let running = context::with(|context| context.current.replace(me));
        self.keep_reader(guard);
        context::with(|context| context.current.set(running));
    }
    fn try_read(&self) -> bool {
        let me = context::with(|context| context.current.get());
        let Ok(guard) = self.lock.try_read() else { return false };
        context::with(|context| context.current.set(me));
        self.keep_reader(guard);
        true
    }
    fn unlock_read(&self, unwinding: bool) {
        let me = context::with(|context| context.current.get());
        let mut readers = self.readers.borrow_mut();
        let Some(index) = readers.iter().position(|reader| reader.0 == me) else { return };
        let (_, guard) = readers.remove(index);
        drop(readers);
        if unwinding {
            deferred::keep(Box::new((guard, self.lock.clone())));
        }
    }
    fn write(&self) {
        let guard = self.lock.write().expect("loom's lock is never poisoned");
        self.keep_writer(guard);
    }
    fn try_write(&self) -> bool {
        let Ok(guard) = self.lock.try_write() else { return false };
        self.keep_writer(guard);
        true
    }
    fn unlock_write(&self, unwinding: bool) {
        let Some(guard) = self.writer.borrow_mut().take() else { return };
        if unwinding {
            deferred::keep(Box::new((guard, self.lock.clone())));
        }
    }
    fn lock_unwinding(&self, _: bool) -> bool {
        false
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

impl RawCondvar<Mutex> for Condvar {
    fn new(object: Object) -> Self {
        let timed = meeting::times().then(|| Meeting::new(object));
        Condvar { raw: loom::sync::Condvar::new(), timed, object }
    }
    fn wait(&self, lock: Option<(&Mutex, Object)>, at: &'static Location<'static>) {
        if let Some(queue) = &self.timed {
            self.wait_in(queue, Kind::Wake, ["wait", "wake"], lock, at);
            return;
        }
        // loom waits with a lock only: one that nobody else takes does no more than none.
        let alone = Mutex::new(Object::NONE);
        if lock.is_none() {
            alone.lock();
        }
        let (mutex, other) = lock.unwrap_or((&alone, Object::NONE));
        let Some(guard) = mutex.guard.borrow_mut().take() else { return };
        let op = Op { other, ..Op::new(Kind::Wait, self.object) };
        if observe::watching() {
            let address = self as *const Self as usize;
            observe::operation(Seen { address, ..Seen::new(op, "wait", at) });
        }
        let guard = context::perform(op, || self.raw.wait(guard));
        mutex.keep(guard.expect("loom's lock is never poisoned"));
        if observe::watching() {
            let address = self as *const Self as usize;
            let woken = Op::new(Kind::Wake, self.object);
            observe::operation(Seen { address, ..Seen::new(woken, "wake", at) });
            if lock.is_some() {
                let locked = Op::new(Kind::Lock, other);
                observe::operation(Seen { address, ..Seen::new(locked, "lock again", at) });
            }
        }
    }
    fn wait_timeout(&self, lock: Option<(&Mutex, Object)>, at: &'static Location<'static>) -> bool {
        context::with(meeting::want_times);
        match &self.timed {
            Some(queue) => {
                let names = ["wait_timeout", "wake"];
                self.wait_in(queue, Kind::WakeTimeout, names, lock, at)
            }
            // This execution counts for nothing: all of them are run again.
            None => false,
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
        names: [&'static str; 2],
        lock: Option<(&Mutex, Object)>,
        at: &'static Location<'static>,
    ) -> bool {
        let other = lock.map_or(Object::NONE, |lock| lock.1);
        let address = self as *const Self as usize;
        let seen = |op: Op, name| {
            if observe::watching() {
                observe::operation(Seen { address, ..Seen::new(op, name, at) });
            }
        };
        let wait = Op { other, ..self.op(Kind::Wait) };
        seen(wait, names[0]);
        context::perform(wait, || {
            queue.perform(wait, &mut |_| ());
            if let Some((mutex, _)) = lock {
                mutex.unlock();
            }
        });
        let wake = self.op(wakes);
        let late = context::perform(wake, || queue.perform(wake, &mut |_| ())) == Came::No;
        let late = late && wakes == Kind::WakeTimeout;
        seen(wake, if late { "time is up" } else { names[1] });
        if let Some((mutex, _)) = lock {
            let again = Op::new(Kind::Lock, other);
            context::perform(again, || mutex.lock());
            seen(again, "lock again");
        }
        late
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
    type Mutex = Mutex;
    type RwLock = RwLock;
    type Condvar = Condvar;
    type Cell = Cell;
    type Meeting = super::meeting::Meeting;
    type Baton = super::meeting::Baton;
    type Handle = loom::thread::JoinHandle<()>;

    fn fence(order: Ordering) {
        loom::sync::atomic::fence(order);
    }
    fn yield_now() {
        loom::thread::yield_now();
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static, _: bool) -> (usize, Self::Handle) {
        let thread = context::with(|context| context.new_thread());
        let handle = loom::thread::spawn(move || body(thread));
        register(thread, handle.thread().clone());
        (thread, handle)
    }
    fn join(handle: Self::Handle) {
        // The result travels by the facade's own slot; an unwinding thread was caught there.
        let _ = handle.join();
    }
    fn park(thread: usize) -> bool {
        if meeting::times() {
            return meeting::token(thread, Kind::Park, thread) == Came::Yes;
        }
        loom::thread::park();
        true
    }
    fn park_timeout(thread: usize) -> bool {
        context::with(meeting::want_times);
        meeting::token(thread, Kind::ParkTimeout, thread) == Came::Yes
    }
    fn unpark(thread: usize) {
        if meeting::times() {
            let me = context::with(|context| context.current.get());
            meeting::token(thread, Kind::Unpark, me);
            return;
        }
        let target = THREADS.with(|threads| threads.borrow()[thread].clone());
        if let Some(target) = target {
            target.unpark();
        }
    }
}
