//! Scheduling points, locks and threads under shuttle.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::rt::engine::{Engine, HeldLock, RawCell, RawCondvar, RawMutex, RawRwLock};
use crate::rt::observe::{self, Seen};
use crate::rt::op::{Kind, Object, Op};
use crate::rt::thread::Number;
use crate::rt::watch::{At, Checker};
use crate::rt::word::Sealed;
use crate::rt::{blocking, context, unwinding};

/// The facade's engine under shuttle.
#[doc(hidden)]
pub struct Shuttle;

impl Sealed for Shuttle {}

/// Asks the scheduler who goes on. shuttle models no time: its `sleep` is nothing but this.
#[inline]
pub(crate) fn point() {
    if context::with(|context| context.active.get()) && !unwinding::now() {
        shuttle::thread::sleep(Duration::ZERO);
    }
}

/// The thread that runs. To be asked before a point: behind it another may be named.
fn me() -> usize {
    context::with(|context| context.current.get())
}

/// The scheduler lets a thread go on only when its operation is enabled; making and judging the
/// memory happens alone, so what is not free there will never be.
fn must(taken: bool) {
    assert!(taken, "racelab: a lock is taken twice where only one thread runs");
}

#[doc(hidden)]
pub struct Mutex(Object);

impl RawMutex for Mutex {
    type Held<'a> = ();

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
        point();
        blocking::perform(Kind::Unlock, self.0, me());
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

impl RawRwLock for RwLock {
    type Reads<'a> = ();
    type Writes<'a> = ();

    fn new(object: Object) -> Self {
        RwLock(object)
    }
    fn read(&self) {
        point();
        must(blocking::perform(Kind::ReadLock, self.0, me()));
    }
    fn try_read(&self) -> Option<()> {
        point();
        blocking::perform(Kind::TryReadLock, self.0, me()).then_some(())
    }
    fn unlock_read(&self, (): (), unwinding: bool) {
        if !unwinding {
            point();
        }
        blocking::perform(Kind::ReadUnlock, self.0, me());
    }
    fn write(&self) {
        let me = me();
        point();
        must(blocking::perform(Kind::Lock, self.0, me));
    }
    fn try_write(&self) -> Option<()> {
        let me = me();
        point();
        blocking::perform(Kind::TryLock, self.0, me).then_some(())
    }
    fn unlock_write(&self, (): (), unwinding: bool) {
        if !unwinding {
            point();
        }
        blocking::perform(Kind::Unlock, self.0, me());
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
        let me = me();
        let other = lock.map_or(Object::NONE, |(_, object, ())| object);
        let mut steps = vec![
            (Op { other, ..Op::new(Kind::Wait, self.0) }, "wait"),
            (Op::new(Kind::Wake, self.0), "wake"),
        ];
        if lock.is_some() {
            steps.push((Op::new(Kind::Lock, other), "lock again"));
        }
        for (op, name) in steps {
            context::perform(op, || {
                point();
                if op.other != Object::NONE {
                    blocking::perform(Kind::Unlock, op.other, me);
                }
                let done = blocking::perform(op.kind, op.object, me);
                if op.kind == Kind::Lock {
                    must(done);
                }
            });
            let address = self as *const Self as usize;
            observe::tell(|| Seen { address, ..Seen::new(op, name, at) });
        }
        lock.map(|(_, _, ())| ())
    }

    fn notify_one(&self) {
        point();
        blocking::perform(Kind::NotifyOne, self.0, me());
    }
    fn notify_all(&self) {
        point();
        blocking::perform(Kind::NotifyAll, self.0, me());
    }
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
    type Handle = ();

    fn fence(_: Ordering) {
        point();
    }
    fn yield_now() {
        point();
    }
    fn current() -> Number {
        Number::current()
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static) -> (Number, ()) {
        point();
        let thread = context::with(|context| context.new_thread());
        // Dropping the handle detaches the thread: `join` waits by the scheduler alone.
        drop(shuttle::thread::spawn(move || body(thread)));
        (Number(thread), ())
    }
    fn join(_: ()) {
        point();
    }
    fn is_finished(&Number(thread): &Number, (): &()) -> bool {
        point();
        context::with(|context| context.finished[thread].get())
    }
    fn park() -> bool {
        let me = me();
        point();
        blocking::perform(Kind::Park, Object::token(me), me)
    }
    fn unpark(&Number(thread): &Number) {
        point();
        blocking::perform(Kind::Unpark, Object::token(thread), thread);
    }
}
