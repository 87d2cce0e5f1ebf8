//! Plain memory that a checker watches: unordered accesses are reported, never performed at once.

use std::fmt;
use std::panic::Location;

use super::engine::{Engine, RawCell};
use super::observe::Seen;
use super::op::{Kind, Op};
use super::watch::{At, Checker, Identity, Watch};
use super::word;

/// As [`std::cell::UnsafeCell`], with `with` and `with_mut` besides, as loom has them: the accesses
/// through their pointers are watched.
pub struct UnsafeCell<E: Engine, T: ?Sized> {
    race: E::Cell,
    tracked: <E::Watch as Watch>::Identity,
    // Last, so that a cell of an array is a cell of a slice.
    data: std::cell::UnsafeCell<T>,
}

// Safety: under a checker `Tracked::enter` keeps the cell on the operating-system thread of its
// execution; on real threads there is nothing but the value. What the scenario does with the
// pointer is its own `unsafe`, which the checker judges; the value may be sent there, hence the
// bound.
unsafe impl<E: Engine, T: ?Sized + Send> Sync for UnsafeCell<E, T> {}
// Safety: as above; the value itself may be sent.
unsafe impl<E: Engine, T: ?Sized + Send> Send for UnsafeCell<E, T> {}

impl<E: Engine<Watch = Checker>, T> UnsafeCell<E, T> {
    /// Makes a cell.
    pub fn new(value: T) -> Self {
        UnsafeCell::made(value)
    }
}

impl<E: Engine, T> UnsafeCell<E, T> {
    fn made(value: T) -> Self {
        UnsafeCell::of(E::Cell::new(), Identity::new(), value)
    }

    /// One that a runtime has made.
    pub(crate) const fn of(
        race: E::Cell,
        tracked: <E::Watch as Watch>::Identity,
        value: T,
    ) -> Self {
        UnsafeCell { race, tracked, data: std::cell::UnsafeCell::new(value) }
    }

    /// The value, by sole ownership.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<E: Engine, T: ?Sized> UnsafeCell<E, T> {
    /// Reads through a pointer that is valid during `f`.
    #[track_caller]
    pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
        let at = Location::caller();
        let op = Op::new(Kind::CellRead, self.tracked.enter(at));
        if E::Watch::unwinding() {
            return f(self.data.get());
        }
        E::Watch::perform(op, E::Cell::point);
        self.begins(op, "read", at);
        self.race.read();
        let _saw = Saw { cell: self, op, name: "read", at };
        f(self.data.get())
    }

    /// Writes through a pointer that is valid during `f`.
    #[track_caller]
    pub fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        let at = Location::caller();
        let op = Op::new(Kind::CellWrite, self.tracked.enter(at));
        if E::Watch::unwinding() {
            return f(self.data.get());
        }
        E::Watch::perform(op, E::Cell::point);
        self.begins(op, "write", at);
        self.race.write();
        let _saw = Saw { cell: self, op, name: "write", at };
        f(self.data.get())
    }

    /// The end of an access that began earlier, at the place where that did: a step of its own.
    #[doc(hidden)]
    pub fn end_access(&self, kind: Kind, at: &'static Location<'static>) {
        let op = Op::new(kind, self.tracked.enter(at));
        if E::Watch::unwinding() {
            return;
        }
        E::Watch::perform(op, E::Cell::point);
        let name = match kind {
            Kind::CellWrite => {
                self.race.write();
                "write ends"
            }
            _ => {
                self.race.read();
                "read ends"
            }
        };
        self.saw(op, name, at);
    }

    /// As [`std::cell::UnsafeCell::get`]. No operation: when the pointer is used, and for what, is
    /// seen by nobody, so no checker passes a program that asks for it while actors run. To count
    /// it as a write would find races where two threads read; as a read, hide those where one
    /// writes.
    #[track_caller]
    pub fn get(&self) -> *mut T {
        let at = Location::caller();
        self.tracked.enter(at);
        E::Watch::exposes(at);
        self.data.get()
    }

    /// As [`std::cell::UnsafeCell::get_mut`]: the value, by sole ownership.
    pub fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    fn begins(&self, op: Op, name: &'static str, at: At) {
        E::Watch::tell_begun(|| Seen { address: self.address(), ..Seen::new(op, name, at) });
    }

    fn saw(&self, op: Op, name: &'static str, at: At) {
        E::Watch::tell(|| {
            let value = self.peek();
            let write = op.kind == Kind::CellWrite;
            Seen {
                read: value.filter(|_| !write),
                wrote: value.filter(|_| write),
                address: self.address(),
                ..Seen::new(op, name, at)
            }
        });
    }

    fn address(&self) -> usize {
        self as *const Self as *const () as usize
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        // Safety: a checker looks, and switches no threads here, so nobody else touches the value.
        word::peek(unsafe { &*self.data.get() })
    }
}

/// An access that is told of when it is over, also by a panic: what it has seen may come of a race.
struct Saw<'a, E: Engine, T: ?Sized> {
    cell: &'a UnsafeCell<E, T>,
    op: Op,
    name: &'static str,
    at: At,
}

impl<E: Engine, T: ?Sized> Drop for Saw<'_, E, T> {
    fn drop(&mut self) {
        self.cell.saw(self.op, self.name, self.at);
    }
}

impl<E: Engine, T: ?Sized> fmt::Debug for UnsafeCell<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsafeCell").finish_non_exhaustive()
    }
}

impl<E: Engine, T: Default> Default for UnsafeCell<E, T> {
    fn default() -> Self {
        UnsafeCell::made(T::default())
    }
}

impl<E: Engine, T> From<T> for UnsafeCell<E, T> {
    fn from(value: T) -> Self {
        UnsafeCell::made(value)
    }
}
