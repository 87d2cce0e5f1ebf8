//! What the scenarios are written with, for one runtime: words, plain numbers, locks, verdicts.

pub(crate) use super::super::rt::sync::atomic::{
    AtomicU64 as Word,
    Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst},
    fence,
};
pub(crate) use super::super::rt::sync::{Mutex, MutexGuard};
pub(crate) use super::super::rt::thread::yield_now;
pub(crate) use crate::syllabus::table::{Loom, RIGHT, Row, WRONG, fails, passes};
pub(crate) use racelab::report::Kind;
pub(crate) use racelab::{Outcome, Saw, actor, fields};

use super::super::rt::cell::UnsafeCell;

pub(crate) fn word(value: u64) -> Word {
    Word::new(value)
}

pub(crate) fn words<const N: usize>(values: [u64; N]) -> [Word; N] {
    values.map(Word::new)
}

/// Takes a lock that is never poisoned here.
#[track_caller]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread panics while it holds a lock")
}

/// A number in plain memory: the clocks see accesses that nothing orders.
pub(crate) struct Plain {
    cell: UnsafeCell<u64>,
}
fields!(Plain { cell: nobody });

impl Plain {
    pub(crate) fn new(value: u64) -> Plain {
        Plain { cell: UnsafeCell::new(value) }
    }

    #[track_caller]
    pub(crate) fn get(&self) -> u64 {
        // Safety: all threads of an execution run on one thread of the system.
        self.cell.with(|value| unsafe { *value })
    }

    #[track_caller]
    pub(crate) fn set(&self, new: u64) {
        // Safety: as in `get`.
        self.cell.with_mut(|value| unsafe { *value = new });
    }
}

pub(crate) fn right(is: bool) -> Outcome {
    if is { RIGHT } else { WRONG }
}

/// The only number that an actor noted, or 0.
pub(crate) fn noted(saw: &Saw) -> u64 {
    saw.get(0).unwrap_or(0)
}
