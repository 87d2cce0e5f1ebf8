//! Plain memory that a checker watches: unordered accesses are reported, never performed at once.

use std::panic::Location;

use super::engine::{Engine, RawCell};
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::{context, word};

/// As [`std::cell::UnsafeCell`], with `with` and `with_mut` in place of `get`, as loom has it.
pub struct UnsafeCell<E: Engine, T: ?Sized> {
    race: E::Cell,
    object: Object,
    data: std::cell::UnsafeCell<T>,
}

// Safety: all threads of one execution run on one operating-system thread; an access that real
// threads could make at once is what the checker reports.
unsafe impl<E: Engine, T: ?Sized + Send> Sync for UnsafeCell<E, T> {}
// Safety: as above; the value itself may be sent.
unsafe impl<E: Engine, T: ?Sized + Send> Send for UnsafeCell<E, T> {}

impl<E: Engine, T> UnsafeCell<E, T> {
    /// Makes a cell.
    pub fn new(value: T) -> Self {
        let object = context::with(|context| context.new_object());
        UnsafeCell { race: E::Cell::new(), object, data: std::cell::UnsafeCell::new(value) }
    }

    /// Reads through a pointer that is valid during `f`.
    #[track_caller]
    pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
        if std::thread::panicking() {
            return f(self.data.get());
        }
        let at = Location::caller();
        let op = Op::new(Kind::CellRead, self.object);
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
        if std::thread::panicking() {
            return f(self.data.get());
        }
        let at = Location::caller();
        let op = Op::new(Kind::CellWrite, self.object);
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

/// The plain memory inside a lock: watched, and without steps of its own.
pub(crate) struct Guarded<E: Engine, T: ?Sized> {
    race: E::Cell,
    object: Object,
    data: std::cell::UnsafeCell<T>,
}

impl<E: Engine, T> Guarded<E, T> {
    pub(crate) fn new(value: T) -> Self {
        let object = context::with(|context| context.new_object());
        Guarded { race: E::Cell::new(), object, data: std::cell::UnsafeCell::new(value) }
    }

    pub(crate) fn into_inner(self) -> T {
        self.data.into_inner()
    }

    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        // Safety: no thread switches here, so nobody else touches the value.
        word::peek(unsafe { &*self.data.get() })
    }

    /// A shared access at `address`, the lock's.
    #[track_caller]
    pub(crate) fn read(&self, address: usize) -> *const T {
        if !std::thread::panicking() {
            self.begins(Kind::CellRead, "read", address, Location::caller());
            self.race.read();
            self.saw(Kind::CellRead, "read", address, Location::caller());
        }
        self.data.get()
    }

    /// A sole access at `address`, the lock's.
    #[track_caller]
    pub(crate) fn write(&self, address: usize) -> *mut T {
        if !std::thread::panicking() {
            self.begins(Kind::CellWrite, "write", address, Location::caller());
            self.race.write();
            self.saw(Kind::CellWrite, "write", address, Location::caller());
        }
        self.data.get()
    }

    fn begins(
        &self,
        kind: Kind,
        name: &'static str,
        address: usize,
        at: &'static Location<'static>,
    ) {
        if observe::watching() {
            let op = Op::new(kind, self.object);
            observe::begins(Seen { address, ..Seen::new(op, name, at) });
        }
    }

    fn saw(&self, kind: Kind, name: &'static str, address: usize, at: &'static Location<'static>) {
        if observe::watching() {
            let read = if kind == Kind::CellRead { self.peek() } else { None };
            let op = Op::new(kind, self.object);
            observe::operation(Seen { read, address, ..Seen::new(op, name, at) });
        }
    }
}
