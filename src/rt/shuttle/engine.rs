//! Scheduling points, locks and threads under shuttle.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::rt::engine::{Engine, RawCell, RawCondvar, RawMutex, RawRwLock};
use crate::rt::observe::{self, Seen};
use crate::rt::op::{Kind, Object, Op};
use crate::rt::{blocking, context};

/// The facade's engine under shuttle.
#[doc(hidden)]
pub struct Shuttle;

/// Asks the scheduler who goes on. shuttle models no time: its `sleep` is nothing but this.
#[inline]
pub(super) fn point() {
    let (active, panicking) =
        (context::with(|context| context.active.get()), std::thread::panicking());
    if active && !panicking {
        shuttle::thread::sleep(Duration::ZERO);
    }
}

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
    fn new(object: Object) -> Self {
        Mutex(object)
    }
    fn lock(&self) {
        let me = me();
        point();
        must(blocking::try_lock(self.0, me));
    }
    fn try_lock(&self) -> bool {
        let me = me();
        point();
        blocking::try_lock(self.0, me)
    }
    fn unlock(&self) {
        point();
        blocking::unlock(self.0);
    }
    fn unlock_unwinding(&self) {
        blocking::unlock(self.0);
    }
}

#[doc(hidden)]
pub struct RwLock(Object);

impl RawRwLock for RwLock {
    fn new(object: Object) -> Self {
        RwLock(object)
    }
    fn read(&self) {
        point();
        must(blocking::try_read(self.0));
    }
    fn try_read(&self) -> bool {
        point();
        blocking::try_read(self.0)
    }
    fn unlock_read(&self, unwinding: bool) {
        if !unwinding {
            point();
        }
        blocking::unlock_read(self.0);
    }
    fn write(&self) {
        let me = me();
        point();
        must(blocking::try_lock(self.0, me));
    }
    fn try_write(&self) -> bool {
        let me = me();
        point();
        blocking::try_lock(self.0, me)
    }
    fn unlock_write(&self, unwinding: bool) {
        if !unwinding {
            point();
        }
        blocking::unlock(self.0);
    }
}

#[doc(hidden)]
pub struct Condvar(Object);

impl RawCondvar<Mutex> for Condvar {
    fn new(object: Object) -> Self {
        Condvar(object)
    }

    fn wait(&self, mutex: &Mutex, lock: Object, at: &'static Location<'static>) {
        let me = me();
        let steps = [
            (Op { kind: Kind::Wait, object: self.0, other: lock }, "wait"),
            (Op::new(Kind::Wake, self.0), "wake"),
            (Op::new(Kind::Lock, lock), "lock again"),
        ];
        for (op, name) in steps {
            context::perform(op, || {
                point();
                match op.kind {
                    Kind::Wait => {
                        blocking::unlock(mutex.0);
                        blocking::wait(self.0, me);
                    }
                    Kind::Wake => blocking::wake(self.0, me),
                    _ => must(blocking::try_lock(lock, me)),
                }
            });
            if observe::watching() {
                let address = self as *const Self as usize;
                observe::operation(Seen { address, ..Seen::new(op, name, at) });
            }
        }
    }

    fn notify_one(&self) {
        point();
        blocking::notify(self.0, false);
    }
    fn notify_all(&self) {
        point();
        blocking::notify(self.0, true);
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
    type Mutex = Mutex;
    type RwLock = RwLock;
    type Condvar = Condvar;
    type Cell = Cell;
    type Handle = ();

    fn fence(_: Ordering) {
        point();
    }
    fn yield_now() {
        point();
    }
    fn spawn(body: impl FnOnce(usize) + Send + 'static) -> (usize, ()) {
        point();
        let thread = context::with(|context| context.new_thread());
        // Dropping the handle detaches the thread: `join` waits by the scheduler alone.
        drop(shuttle::thread::spawn(move || body(thread)));
        (thread, ())
    }
    fn join(_: ()) {
        point();
    }
    fn park(thread: usize) {
        point();
        blocking::take_token(thread);
    }
    fn unpark(thread: usize) {
        point();
        blocking::give_token(thread);
    }
}
