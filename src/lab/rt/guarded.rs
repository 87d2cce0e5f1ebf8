//! The plain memory inside a lock: watched, and without steps of its own.

use std::cell::Cell;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{LockResult, PoisonError};

use super::engine::{Engine, RawCell};
use super::observe::Seen;
use super::op::{Kind, Object, Op};
use super::watch::{At, Identity, Watch};
use super::{clocks, context, word};

/// What a lock protects, and who has it in hand.
///
/// A guard that was looked through is a borrow until it is dropped. Locks keep borrows apart; where
/// one is left out, an access beside a borrow of another guard is a data race, and the execution
/// ends before a reference is handed out. On real threads no lock is left out, and nobody counts.
pub(crate) struct Guarded<E: Engine, T: ?Sized> {
    race: E::Cell,
    object: Object,
    borrows: Borrows,
    data: std::cell::UnsafeCell<T>,
}

/// How many guards have the memory in hand: one that may write, and so many that read.
#[derive(Default)]
struct Borrows {
    alone: Cell<bool>,
    together: Cell<u32>,
}

/// What one guard has in hand: it gives that back when it is dropped.
#[derive(Default)]
pub(crate) struct Hand {
    alone: Cell<bool>,
    together: Cell<bool>,
}

impl<E: Engine, T> Guarded<E, T> {
    pub(crate) fn new(value: T) -> Self {
        let identity = <E::Watch as Watch>::Identity::new();
        let object = identity.object();
        // It ends with its lock, whose end is a step of its own.
        std::mem::forget(identity);
        Guarded::made(E::Cell::new(), object, value)
    }

    pub(crate) const fn made(race: E::Cell, object: Object, value: T) -> Self {
        let borrows = Borrows { alone: Cell::new(false), together: Cell::new(0) };
        Guarded { race, object, borrows, data: std::cell::UnsafeCell::new(value) }
    }

    pub(crate) fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<E: Engine, T: ?Sized> Guarded<E, T> {
    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    pub(crate) fn peek(&self) -> Option<u64> {
        // Safety: no thread switches here, so nobody else touches the value.
        word::peek(unsafe { &*self.data.get() })
    }

    /// A shared access at `address`, the lock's, by a guard.
    #[track_caller]
    pub(crate) fn read(&self, address: usize, hand: &Hand) -> *const T {
        if !E::Watch::CHECKED {
            return self.data.get();
        }
        if !E::Watch::unwinding() {
            self.begins((Kind::CellRead, "read"), address, Location::caller());
            self.race.read();
            self.saw((Kind::CellRead, "read"), address, Location::caller());
        }
        let mine = hand.alone.get();
        if self.borrows.alone.get() && !mine {
            self.contested(address, Location::caller());
        }
        if !hand.together.replace(true) {
            self.borrows.together.set(self.borrows.together.get() + 1);
        }
        self.data.get()
    }

    /// A sole access at `address`, the lock's, by a guard.
    #[track_caller]
    pub(crate) fn write(&self, address: usize, hand: &Hand) -> *mut T {
        if !E::Watch::CHECKED {
            return self.data.get();
        }
        if !E::Watch::unwinding() {
            self.begins((Kind::CellWrite, "write"), address, Location::caller());
            self.race.write();
            self.saw((Kind::CellWrite, "write"), address, Location::caller());
        }
        let others = self.borrows.together.get() - hand.together.get() as u32;
        if self.borrows.alone.get() && !hand.alone.get() || others > 0 {
            self.contested(address, Location::caller());
        }
        hand.alone.set(true);
        context::with(|context| context.moved.set(true));
        self.borrows.alone.set(true);
        self.data.get()
    }

    /// A guard is dropped: what it had in hand is free again.
    pub(crate) fn give_back(&self, hand: &Hand) {
        if hand.alone.replace(false) {
            self.borrows.alone.set(false);
        }
        if hand.together.replace(false) {
            self.borrows.together.set(self.borrows.together.get() - 1);
        }
    }

    /// Another guard has it in hand: the execution ends here. Who unwinds goes on alone.
    #[cold]
    fn contested(&self, address: usize, at: At) {
        if !context::with(|context| context.stopping.get()) {
            clocks::contested(self.object, address, at);
            context::fail(crate::report::Kind::DataRace, false);
        }
    }

    fn begins(&self, (kind, name): (Kind, &'static str), address: usize, at: At) {
        let op = Op::new(kind, self.object);
        E::Watch::tell_begun(|| Seen { address, ..Seen::new(op, name, at) });
    }

    fn saw(&self, (kind, name): (Kind, &'static str), address: usize, at: At) {
        E::Watch::tell(|| {
            let read = if kind == Kind::CellRead { self.peek() } else { None };
            Seen { read, address, ..Seen::new(Op::new(kind, self.object), name, at) }
        });
    }
}

/// Whether a thread has panicked while it held a lock: the facade's own flag, for all runtimes.
pub(crate) struct Poison(AtomicBool);

impl Poison {
    pub(crate) const fn new() -> Poison {
        Poison(AtomicBool::new(false))
    }

    /// Whether it is set.
    pub(crate) fn get(&self) -> bool {
        self.0.load(Relaxed)
    }

    pub(crate) fn set(&self, poisoned: bool) {
        self.0.store(poisoned, Relaxed);
    }

    /// What a lock gives, as std wraps it.
    pub(crate) fn checked<G>(&self, guard: G) -> LockResult<G> {
        if self.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}
