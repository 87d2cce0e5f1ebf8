//! Small programs as data, and a race that runs them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{TryLockError, TryLockResult};

use super::meet::{Meet, Places};
use crate::race::UnderChecker;
use crate::rt::clocks;
use crate::rt::shuttle as rt;
use crate::{Outcome, Race, Saw, actor, outcomes};
use rt::cell::UnsafeCell;
use rt::sync::atomic::{AtomicU64, Ordering, Ordering::SeqCst, fence};
use rt::sync::{Condvar, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// One instruction. Numbers name variables, locks, values and threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Do {
    Load(usize),
    Store(usize, u64),
    Add(usize, u64),
    Exchange(usize, u64, u64),
    /// The same with an ordering; what is added may be nothing.
    LoadAs(usize, Ordering),
    StoreAs(usize, u64, Ordering),
    AddAs(usize, u64, Ordering),
    SwapAs(usize, u64, Ordering),
    Fence(Ordering),
    ExchangeWeak(usize, u64, u64),
    /// Reads and writes plain memory.
    Plain(usize),
    Put(usize),
    Lock(usize),
    Unlock(usize),
    /// Takes the lock if it is free, and gives it back at once.
    Try(usize),
    /// Takes the lock if it is free, and keeps it.
    TryKeep(usize),
    Read,
    Write,
    /// Gives the read and write locks back.
    GiveBack,
    TryRead,
    TryWrite,
    /// Takes the read or the write lock if it is free, and keeps it.
    TryReadKeep,
    TryWriteKeep,
    Yield,
    /// Yields until the variable has the value.
    Await(usize, u64),
    /// The same, with the yield before the look.
    HintAwait(usize, u64),
    /// Waits once on the condition variable with lock 0, if the variable is 0.
    Wait(usize),
    NotifyOne,
    NotifyAll,
    Park,
    Unpark(usize),
    /// Panics if the variable is 0.
    Check(usize),
    /// What threads meet at.
    Meet(Meet),
    /// What comes behind this is done by a destructor, while a panic unwinds.
    Panic,
}

thread_local! {
    static PROGRAM: RefCell<Vec<Vec<Do>>> = const { RefCell::new(Vec::new()) };
    static OUTCOMES_SEEN: RefCell<BTreeSet<Vec<u64>>> = const { RefCell::new(BTreeSet::new()) };
}

pub(super) struct Memory {
    vars: [AtomicU64; 3],
    cells: [UnsafeCell<u64>; 2],
    locks: [Mutex<()>; 2],
    shared: RwLock<()>,
    queue: Condvar,
    places: Places,
}

crate::fields!(Memory {
    vars: nobody,
    cells: nobody,
    locks: nobody,
    shared: nobody,
    queue: nobody,
    places: nobody
});

outcomes! {
    ENDED: Allowed, "every thread ended";
}

pub(super) fn memory() -> Memory {
    Memory {
        vars: [AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0)],
        cells: [UnsafeCell::new(0), UnsafeCell::new(0)],
        locks: [Mutex::new(()), Mutex::new(())],
        shared: RwLock::new(()),
        queue: Condvar::new(),
        places: Places::new(),
    }
}

macro_rules! of {
    ($($name:ident: $($index:literal)+;)+) => {$(
        pub(super) const $name: Race<Memory> = Race::new(
            memory,
            &[$(actor("actor", |memory, saw| act($index, memory, saw))),+],
            outcome,
            OUTCOMES,
        ).panics();
    )+};
}
of! {
    TWO: 0 1;
    THREE: 0 1 2;
    FOUR: 0 1 2 3;
}

fn act(index: usize, memory: &Memory, saw: &mut Saw) {
    let program = PROGRAM.with(|program| program.borrow()[index].clone());
    let mut work =
        Work { memory, read: 0, guards: [None, None], reading: Vec::new(), writing: Vec::new() };
    let panics = program.iter().position(|step| *step == Do::Panic);
    let (before, rest) = program.split_at(panics.unwrap_or(program.len()));
    before.iter().for_each(|step| work.perform(*step, saw));
    if let Some((_, rest)) = rest.split_first() {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let _late = Late { work: &mut work, rest, saw: &mut *saw };
            panic!("on purpose");
        }));
        assert!(ended.is_err());
    }
    work.reading.clear();
    work.writing.clear();
    saw.note(work.read);
}

/// Performs what is left when it is dropped.
struct Late<'a, 'm> {
    work: &'a mut Work<'m>,
    rest: &'a [Do],
    saw: &'a mut Saw,
}

impl Drop for Late<'_, '_> {
    fn drop(&mut self) {
        self.rest.iter().for_each(|step| self.work.perform(*step, self.saw));
    }
}

/// A guard, poisoned or not, unless the lock was held.
fn free<G>(tried: TryLockResult<G>) -> Option<G> {
    match tried {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poison)) => Some(poison.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// What one thread has in hand.
struct Work<'a> {
    memory: &'a Memory,
    read: u64,
    guards: [Option<MutexGuard<'a, ()>>; 2],
    reading: Vec<RwLockReadGuard<'a, ()>>,
    writing: Vec<RwLockWriteGuard<'a, ()>>,
}

impl Work<'_> {
    fn perform(&mut self, step: Do, saw: &mut Saw) {
        let value = match step {
            Do::Load(x) => self.memory.vars[x].load(SeqCst),
            Do::Store(x, v) => {
                self.memory.vars[x].store(v, SeqCst);
                0
            }
            Do::Add(x, v) => self.memory.vars[x].fetch_add(v, SeqCst),
            Do::LoadAs(x, order) => self.memory.vars[x].load(order),
            Do::StoreAs(x, v, order) => {
                self.memory.vars[x].store(v, order);
                0
            }
            Do::AddAs(x, v, order) => self.memory.vars[x].fetch_add(v, order),
            Do::SwapAs(x, v, order) => self.memory.vars[x].swap(v, order),
            Do::Fence(order) => {
                fence(order);
                0
            }
            Do::ExchangeWeak(x, old, new) => {
                let result = self.memory.vars[x].compare_exchange_weak(old, new, SeqCst, SeqCst);
                result.unwrap_or_else(|v| v + 100)
            }
            // Safety: one thread runs at a time; whether anything orders them is looked at.
            Do::Plain(x) => self.memory.cells[x].with(|cell| unsafe { *cell }),
            Do::Put(x) => {
                // Safety: as above.
                self.memory.cells[x].with_mut(|cell| unsafe { *cell += 1 });
                0
            }
            Do::Yield => {
                // Nothing to remember: without it the thread remembers the same.
                rt::thread::yield_now();
                return;
            }
            Do::Exchange(x, old, new) => {
                let result = self.memory.vars[x].compare_exchange(old, new, SeqCst, SeqCst);
                result.unwrap_or_else(|v| v + 100)
            }
            Do::Lock(m) => {
                self.guards[m] =
                    Some(self.memory.locks[m].lock().unwrap_or_else(|p| p.into_inner()));
                0
            }
            Do::Unlock(m) => {
                self.guards[m] = None;
                0
            }
            Do::Try(m) => free(self.memory.locks[m].try_lock()).is_some() as u64,
            Do::TryKeep(m) => {
                self.guards[m] = free(self.memory.locks[m].try_lock());
                self.guards[m].is_some() as u64
            }
            Do::TryReadKeep => {
                let taken = free(self.memory.shared.try_read());
                self.reading.extend(taken);
                self.reading.len() as u64
            }
            Do::TryWriteKeep => {
                let taken = free(self.memory.shared.try_write());
                self.writing.extend(taken);
                self.writing.len() as u64
            }
            Do::Read => {
                self.reading.push(self.memory.shared.read().unwrap_or_else(|p| p.into_inner()));
                0
            }
            Do::Write => {
                self.writing.push(self.memory.shared.write().unwrap_or_else(|p| p.into_inner()));
                0
            }
            Do::GiveBack => {
                self.reading.clear();
                self.writing.clear();
                0
            }
            Do::TryRead => free(self.memory.shared.try_read()).is_some() as u64,
            Do::TryWrite => free(self.memory.shared.try_write()).is_some() as u64,
            Do::Await(x, v) => {
                while self.memory.vars[x].load(SeqCst) != v {
                    rt::thread::yield_now();
                }
                0
            }
            Do::HintAwait(x, v) => {
                loop {
                    rt::thread::yield_now();
                    if self.memory.vars[x].load(SeqCst) == v {
                        break;
                    }
                }
                0
            }
            Do::Wait(x) => {
                let guard = self.memory.locks[0].lock().unwrap_or_else(|p| p.into_inner());
                if self.memory.vars[x].load(SeqCst) == 0 {
                    drop(self.memory.queue.wait(guard).unwrap_or_else(|p| p.into_inner()));
                }
                self.memory.vars[x].load(SeqCst)
            }
            Do::NotifyOne => {
                self.memory.queue.notify_one();
                0
            }
            Do::NotifyAll => {
                self.memory.queue.notify_all();
                0
            }
            Do::Park => {
                rt::thread::park();
                0
            }
            Do::Meet(Meet::WaitTimeout(x)) => {
                let guard = self.memory.locks[0].lock().unwrap_or_else(|p| p.into_inner());
                let short = std::time::Duration::ZERO;
                let late = match self.memory.vars[x].load(SeqCst) {
                    0 => match self.memory.queue.wait_timeout(guard, short) {
                        Ok((_, result)) => result.timed_out(),
                        Err(poison) => poison.into_inner().1.timed_out(),
                    },
                    _ => false,
                };
                self.memory.vars[x].load(SeqCst) * 2 + late as u64
            }
            Do::Meet(meet) => self.memory.places.act(meet),
            Do::Unpark(thread) => {
                rt::thread::Thread::numbered(thread + 1).unpark();
                0
            }
            Do::Check(x) => {
                let value = self.memory.vars[x].load(SeqCst);
                saw.note(self.read);
                assert_ne!(value, 0);
                return;
            }
            Do::Panic => unreachable!("it parts a program"),
        };
        self.read = self.read * 7 + value + 1;
    }
}

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    let mut seen: Vec<u64> = memory.vars.iter().map(|v| v.load(SeqCst)).collect();
    for saw in saws {
        seen.push(saw.get(0).unwrap_or(0) * 2 + saw.panicked() as u64);
    }
    // Which accesses race, in this execution.
    let mut races: Vec<u64> = clocks::races()
        .iter()
        .map(|race| {
            let threads = (race.first.thread as u64) << 8 | race.second.thread as u64;
            1_000_000 + threads + ((race.object.0 as u64 & 0xffff) << 16)
        })
        .collect();
    races.sort_unstable();
    races.dedup();
    seen.extend(races);
    OUTCOMES_SEEN.with(|outcomes| outcomes.borrow_mut().insert(seen));
    ENDED
}

/// Sets the program that the races run, and forgets the outcomes seen.
pub(super) fn set(program: &[Vec<Do>]) {
    PROGRAM.with(|place| *place.borrow_mut() = program.to_vec());
    OUTCOMES_SEEN.with(|outcomes| outcomes.borrow_mut().clear());
}

/// The outcomes seen since the program was set.
pub(super) fn seen() -> BTreeSet<Vec<u64>> {
    OUTCOMES_SEEN.with(|outcomes| outcomes.borrow().clone())
}

/// The race that runs the program, by its number of threads.
pub(super) fn race(threads: usize) -> &'static dyn UnderChecker {
    match threads {
        2 => &TWO,
        3 => &THREE,
        _ => &FOUR,
    }
}
