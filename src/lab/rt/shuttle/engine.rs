//! Scheduling points, locks and threads under shuttle.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::rt::engine::{Engine, HeldLock, RawCell, RawCondvar, RawMutex, RawRwLock, Start};
use crate::rt::meeting::{Came, Checked, RawBaton, RawMeeting};
use crate::rt::observe::{self, Seen};
use crate::rt::op::{Kind, Lock, Object, Op};
use crate::rt::parts::parts;
use crate::rt::thread::Number;
use crate::rt::values::{self, Place};
use crate::rt::watch::{At, Checker};
use crate::rt::word::Sealed;
use crate::rt::{blocking, clocks, context, unwinding};

/// The facade's engine under shuttle.
#[doc(hidden)]
pub struct Shuttle;

impl Sealed for Shuttle {}

/// Asks the scheduler who goes on. shuttle models no time: its `sleep` is nothing but this.
#[inline]
pub(crate) fn point() {
    if context::with(|context| context.active.get()) {
        unwinding::settle();
        shuttle::thread::sleep(Duration::ZERO);
    }
}

/// The thread that runs. To be asked before a point: behind it another may be named.
pub(super) fn me() -> usize {
    context::with(|context| context.current.get())
}

/// The scheduler lets a thread go on only when its operation is enabled; making and judging the
/// memory happens alone, so what is not free there will never be.
fn must(taken: bool) {
    // Who unwinds when the execution is given up comes to its end alone.
    let alone = context::with(|context| context.stopping.get());
    assert!(taken || alone, "racelab: a lock is taken twice where only one thread runs");
}

#[doc(hidden)]
pub struct Mutex(Object);

impl RawMutex for Mutex {
    type Held = ();

    fn new(object: Object) -> Self {
        Mutex(object)
    }
    fn lock(&self) {
        let me = me();
        point();
        must(blocking::perform(Kind::Lock, self.0, me));
    }
    fn try_lock(&self) -> Option<()> {
        let me = me();
        point();
        blocking::perform(Kind::TryLock, self.0, me).then_some(())
    }
    fn unlock(&self, (): ()) {
        let me = me();
        point();
        blocking::perform(Kind::Unlock, self.0, me);
    }
    fn lock_unwinding(&self) -> Option<()> {
        blocking::perform(Kind::TryLock, self.0, me()).then_some(())
    }
    fn unlock_unwinding(&self, (): ()) {
        blocking::perform(Kind::Unlock, self.0, me());
    }
}

#[doc(hidden)]
pub struct RwLock(Object);

impl RwLock {
    /// Performs an operation that waits, or gives back, part by part.
    fn each(&self, kind: Kind, unwinding: bool) {
        let me = me();
        let mut before = None;
        for op in parts(Op::new(kind, self.0), me) {
            if let Some(before) = before.replace(op) {
                clocks::part(me, before);
            }
            if !unwinding {
                context::with(|context| context.pending[me].set(op));
                point();
            }
            let taken = blocking::perform(kind, op.object, me);
            must(taken || kind.lock() == Lock::Gives);
        }
    }
}

impl RawRwLock for RwLock {
    type Reads = ();
    type Writes = ();

    fn new(object: Object) -> Self {
        RwLock(object)
    }
    fn read(&self) {
        self.each(Kind::ReadLock, false);
    }
    fn try_read(&self) -> Option<()> {
        let me = me();
        point();
        blocking::perform(Kind::TryReadLock, self.0, me).then_some(())
    }
    fn unlock_read(&self, (): (), unwinding: bool) {
        self.each(Kind::ReadUnlock, unwinding);
    }
    fn write(&self) {
        self.each(Kind::Lock, false);
    }
    fn try_write(&self) -> Option<()> {
        let me = me();
        point();
        blocking::perform(Kind::TryLock, self.0, me).then_some(())
    }
    fn unlock_write(&self, (): (), unwinding: bool) {
        self.each(Kind::Unlock, unwinding);
    }
    fn read_unwinding(&self) -> Option<()> {
        blocking::perform(Kind::TryReadLock, self.0, me()).then_some(())
    }
    fn write_unwinding(&self) -> Option<()> {
        blocking::perform(Kind::TryLock, self.0, me()).then_some(())
    }
    fn line_up(&self) {
        let me = me();
        point();
        blocking::perform(Kind::LineUp, self.0, me);
    }
}

#[doc(hidden)]
pub struct Condvar(Object);

impl RawCondvar<Mutex> for Condvar {
    fn new(object: Object) -> Self {
        Condvar(object)
    }

    fn wait(&self, lock: Option<HeldLock<'_, Mutex>>, at: At) -> Option<()> {
        self.wait_for(Kind::Wake, "wait", lock.as_ref().map(|lock| lock.1), at);
        lock.map(|(_, _, ())| ())
    }

    fn wait_timeout(
        &self,
        lock: Option<HeldLock<'_, Mutex>>,
        _: Duration,
        at: At,
    ) -> (Option<()>, bool) {
        let other = lock.as_ref().map(|lock| lock.1);
        let late = self.wait_for(Kind::WakeTimeout, "wait_timeout", other, at);
        (lock.map(|(_, _, ())| ()), late)
    }

    fn notify_one(&self) {
        let me = me();
        point();
        blocking::perform(Kind::NotifyOne, self.0, me);
    }
    fn notify_all(&self) {
        let me = me();
        point();
        blocking::perform(Kind::NotifyAll, self.0, me);
    }
}

impl Condvar {
    /// Waits; whether the time was up.
    fn wait_for(&self, wakes: Kind, name: &'static str, lock: Option<Object>, at: At) -> bool {
        let me = me();
        let other = lock.unwrap_or_default();
        let mut late = false;
        let mut steps = vec![
            (Op { other, ..Op::new(Kind::Wait, self.0) }, name),
            (Op::new(wakes, self.0), "wake"),
        ];
        if lock.is_some() {
            steps.push((Op::new(Kind::Lock, other), "lock again"));
        }
        for (op, name) in steps {
            context::perform(op, || {
                point();
                if op.kind == Kind::WakeTimeout {
                    let wakes_spuriously =
                        context::with(|context| context.met.get().wakes_spuriously(me));
                    late = blocking::act(op, me) == Came::No && !wakes_spuriously;
                    return;
                }
                let done = blocking::perform(op.kind, op.object, me);
                if op.kind == Kind::Lock {
                    must(done);
                }
                if op.other != Object::NONE {
                    // It waits already: whoever takes the lock from here on finds it waiting.
                    blocking::perform(Kind::Unlock, op.other, me);
                }
            });
            let address = self as *const Self as usize;
            let name = if late && op.kind == Kind::WakeTimeout { "time is up" } else { name };
            observe::tell(|| Seen { address, ..Seen::new(op, name, at) });
        }
        late
    }
}

/// What threads meet at, by its identity: its state lies with what threads wait for.
#[doc(hidden)]
pub struct Meeting;

impl RawMeeting for Meeting {
    fn new(_: Object) -> Self {
        Meeting
    }
    fn perform(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Came {
        let me = me();
        if !context::with(|context| context.active.get()) {
            let came = self.perform_unwinding(op, commit);
            return came.expect("racelab: it waits for ever where only one thread runs");
        }
        point();
        context::with(|context| context.current.set(me));
        let came = blocking::act(op, me);
        commit(came);
        came
    }
    fn perform_unwinding(&self, op: Op, commit: &mut dyn FnMut(Came)) -> Option<Came> {
        let came = blocking::act_at_once(op, me())?;
        commit(came);
        Some(came)
    }
}

/// Nothing: memory is one value a word here, and the race clocks go with the operations.
#[doc(hidden)]
pub struct Baton;

impl RawBaton for Baton {
    fn new() -> Self {
        Baton
    }
    fn give(&self, _: Ordering) {}
    fn take(&self) {}
    fn look(&self, _: Ordering, now: impl FnOnce() -> bool) -> bool {
        now()
    }
}

impl Checked for Shuttle {
    type Meeting = Meeting;
    type Baton = Baton;
}

#[doc(hidden)]
pub struct Cell;

impl RawCell for Cell {
    fn new() -> Self {
        Cell
    }
    fn point() {
        point();
    }
    fn read(&self) {}
    fn write(&self) {}
}

impl Engine for Shuttle {
    type Watch = Checker;
    type Mutex = Mutex;
    type RwLock = RwLock;
    type Condvar = Condvar;
    type Cell = Cell;
    type Thread = Number;
    type Handle = Option<shuttle::thread::JoinHandle<()>>;

    fn fence(order: Ordering) {
        let me = me();
        point();
        if let Some(values) = values::deciding() {
            values.fence(me, Some(order));
        }
    }
    fn drain() {
        let me = me();
        point();
        if let Some(values) = values::deciding() {
            values.fence(me, None);
        }
    }
    fn yield_now() {
        point();
    }
    fn current() -> Number {
        Number::current()
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static, start: Start) -> (Number, Self::Handle) {
        let me = me();
        point();
        let values = values::deciding();
        if let Some(values) = &values {
            values.meet(me, Op::new(Kind::Spawn, Object::SPAWN_ORDER));
        }
        let thread = context::with(|context| context.new_thread());
        if let Some(values) = values {
            values.started(me, thread);
        }
        // shuttle switches once more before the thread is there: nothing is left to be decided, and
        // no other may start one meanwhile, whose number would be this one's.
        context::with(|context| context.pending[me].set(Op::LOCAL));
        let handle = shuttle::thread::spawn(move || body(thread));
        // Dropping the handle detaches the thread: `join` waits by the scheduler alone.
        (Number(thread, None), Some(handle).filter(|_| start.attached))
    }
    fn join(handle: Self::Handle) {
        point();
        drop(handle);
    }
    fn is_finished(&Number(thread, _): &Number, _: Option<&Self::Handle>) -> bool {
        let me = me();
        point();
        if let Some(values) = values::deciding() {
            let place = Place { object: Object::end(thread), first: 0 };
            return values.read(me, place, false, &mut |_| (Ordering::Relaxed, None)) == 1;
        }
        context::with(|context| context.finished[thread].get())
    }
    fn finish(thread: usize) {
        point();
        if let Some(values) = values::deciding() {
            let place = Place { object: Object::end(thread), first: 0 };
            values.write(thread, place, 1, Ordering::Relaxed, false);
        }
        context::with(|context| context.finished[thread].set(true));
    }
    fn park() -> bool {
        let me = me();
        point();
        blocking::perform(Kind::Park, Object::token(me), me)
    }
    fn park_timeout(_: Duration) -> bool {
        let me = me();
        point();
        blocking::act(Op::new(Kind::ParkTimeout, Object::token(me)), me) == Came::Yes
    }
    fn sleep(_: Duration) {
        point();
    }
    fn unpark(&Number(thread, _): &Number) {
        let me = me();
        point();
        blocking::perform(Kind::Unpark, Object::token(thread), me);
    }
}
