//! Plain memory that a checker watches: unordered accesses are reported, never performed at once.

use std::panic::Location;

use super::engine::{Engine, RawCell};
use super::observe::{self, Seen};
use super::op::{Kind, Op};
use super::tracked::Tracked;
use super::{context, word};

/// As [`std::cell::UnsafeCell`], with `with` and `with_mut` in place of `get`, as loom has it.
pub struct UnsafeCell<E: Engine, T: ?Sized> {
    race: E::Cell,
    tracked: Tracked,
    data: std::cell::UnsafeCell<T>,
}

// Safety: `Tracked::enter` keeps the cell on the operating-system thread of its execution. What
// the scenario does with the pointer is its own `unsafe`, which the checker judges; the value may
// be sent there, hence the bound.
unsafe impl<E: Engine, T: ?Sized + Send> Sync for UnsafeCell<E, T> {}
// Safety: as above; the value itself may be sent.
unsafe impl<E: Engine, T: ?Sized + Send> Send for UnsafeCell<E, T> {}

impl<E: Engine, T> UnsafeCell<E, T> {
    /// Makes a cell.
    pub fn new(value: T) -> Self {
        let data = std::cell::UnsafeCell::new(value);
        UnsafeCell { race: E::Cell::new(), tracked: Tracked::new(), data }
    }

    /// Reads through a pointer that is valid during `f`.
    #[track_caller]
    pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
        let at = Location::caller();
        let op = Op::new(Kind::CellRead, self.tracked.enter(at));
        if std::thread::panicking() {
            return f(self.data.get());
        }
        context::perform(op, E::Cell::point);
        self.begins(op, "read", at);
        self.race.read();
        let result = f(self.data.get());
        self.saw(op, "read", at);
        result
    }

    /// Writes through a pointer that is valid during `f`.
    #[track_caller]
    pub fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        let at = Location::caller();
        let op = Op::new(Kind::CellWrite, self.tracked.enter(at));
        if std::thread::panicking() {
            return f(self.data.get());
        }
        context::perform(op, E::Cell::point);
        self.begins(op, "write", at);
        self.race.write();
        let result = f(self.data.get());
        self.saw(op, "write", at);
        result
    }

    /// The value, by sole ownership.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }

    fn begins(&self, op: Op, name: &'static str, at: &'static Location<'static>) {
        if observe::watching() {
            let address = self as *const Self as usize;
            observe::begins(Seen { address, ..Seen::new(op, name, at) });
        }
    }

    fn saw(&self, op: Op, name: &'static str, at: &'static Location<'static>) {
        if observe::watching() {
            // Safety: no thread switches here, so nobody else touches the value.
            let value = word::peek(unsafe { &*self.data.get() });
            let write = op.kind == Kind::CellWrite;
            observe::operation(Seen {
                read: value.filter(|_| !write),
                wrote: value.filter(|_| write),
                address: self as *const Self as usize,
                ..Seen::new(op, name, at)
            });
        }
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        // Safety: as in `saw`.
        word::peek(unsafe { &*self.data.get() })
    }
}
