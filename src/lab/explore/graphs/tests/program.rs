//! Small programs as data, and a race that runs them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::race::UnderChecker;
use crate::rt::shuttle as rt;
use crate::{Grade, Meaning, Outcome, Race, Saw, actor};
use rt::cell::UnsafeCell;
use rt::sync::atomic::{AtomicU64, Ordering, Ordering::Relaxed, fence};
use rt::sync::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// So many words that a program can name.
pub(super) const WORDS: usize = 3;
/// So many mutexes.
pub(super) const LOCKS: usize = 2;

/// One instruction. Whatever reads a word adds what it read to the registers of its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Do {
    Load(usize, Ordering),
    Store(usize, u64, Ordering),
    /// A store past the caches, and the fence for such.
    Stream(usize, u64),
    Drain,
    Add(usize, u64, Ordering),
    Swap(usize, u64, Ordering),
    /// Compares with the first value, stores the second; the orderings of success and failure.
    Exchange(usize, u64, u64, Ordering, Ordering),
    Fence(Ordering),
    /// Unless the register of this number has this value, so many instructions are left out.
    When(usize, u64, usize),
    /// Plain memory.
    Read(usize),
    Write(usize),
    /// A mutex, by its number; an attempt reads 0 where it was free.
    Lock(usize),
    TryLock(usize),
    Unlock(usize),
    /// A lock for readers; each thread has one section at a time.
    ReadLock,
    ReadUnlock,
    WriteLock,
    WriteUnlock,
    /// Loads until the word has this value, and yields between.
    Await(usize, u64, Ordering),
    /// Takes a spin lock: 0 becomes 1, with a relaxed failure; yields between.
    Take(usize, Ordering),
    /// The same by swap, which always writes 1.
    TakeSwap(usize, Ordering),
}

pub(super) type Program = Vec<Vec<Do>>;

/// The registers of each thread, and the words at the end.
pub(super) type Ends = (Vec<Vec<u64>>, Vec<u64>);

/// How an execution may end, and how many graphs end so.
pub(super) type Counts = BTreeMap<Ends, u64>;

/// What the race knows: the program, the registers of this execution, and every end by its number.
#[derive(Default)]
struct Lab {
    program: Program,
    registers: Vec<Vec<u64>>,
    ends: Vec<Ends>,
}

thread_local! {
    static LAB: RefCell<Lab> = RefCell::default();
}

pub(super) struct Memory {
    words: [AtomicU64; WORDS],
    cells: [UnsafeCell<u64>; 2],
    locks: [Mutex<()>; LOCKS],
    shared: RwLock<()>,
}

crate::fields!(Memory { words: nobody, cells: nobody, locks: nobody, shared: nobody });

/// What a thread holds.
#[derive(Default)]
struct Holds<'a> {
    locks: [Option<MutexGuard<'a, ()>>; LOCKS],
    reads: Option<RwLockReadGuard<'a, ()>>,
    writes: Option<RwLockWriteGuard<'a, ()>>,
}

const MEANING: Meaning =
    Meaning { id: "ENDED", grade: Grade::Allowed, reason: "one of many", required: false };

/// So many different ends can be told apart.
pub(super) const ENDS: usize = 256;

/// What they mean: all are allowed, each is counted.
pub(super) static OUTCOMES: [Meaning; ENDS] = [MEANING; ENDS];

fn memory() -> Memory {
    LAB.with_borrow_mut(|lab| lab.registers = vec![Vec::new(); lab.program.len()]);
    Memory {
        words: [AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0)],
        cells: [UnsafeCell::new(0), UnsafeCell::new(0)],
        locks: [Mutex::new(()), Mutex::new(())],
        shared: RwLock::new(()),
    }
}

macro_rules! of {
    ($($name:ident: $($index:literal)+;)+) => {$(
        const $name: Race<Memory> = Race::new(
            memory,
            &[$(actor("actor", |memory, _| act($index, memory))),+],
            outcome,
            &OUTCOMES,
        );
    )+};
}
of! {
    ONE: 0;
    TWO: 0 1;
    THREE: 0 1 2;
    FOUR: 0 1 2 3;
}

fn act(thread: usize, memory: &Memory) {
    let program = LAB.with_borrow(|lab| lab.program[thread].clone());
    let mut registers: Vec<u64> = Vec::new();
    let mut holds = Holds::default();
    let mut at = 0;
    while let Some(step) = program.get(at) {
        at += 1;
        if let Do::When(register, value, left_out) = *step {
            at += if registers.get(register) == Some(&value) { 0 } else { left_out };
            continue;
        }
        if let Some(value) = perform(*step, memory, &mut holds) {
            registers.push(value);
            LAB.with_borrow_mut(|lab| lab.registers[thread].push(value));
        }
    }
}

/// Performs one instruction; what it read, if it read a word.
fn perform<'a>(step: Do, memory: &'a Memory, holds: &mut Holds<'a>) -> Option<u64> {
    let guards = &mut holds.locks;
    let words = &memory.words;
    match step {
        Do::Load(x, order) => return Some(words[x].load(order)),
        Do::Add(x, v, order) => return Some(words[x].fetch_add(v, order)),
        Do::Swap(x, v, order) => return Some(words[x].swap(v, order)),
        Do::Exchange(x, old, new, success, failure) => {
            let result = words[x].compare_exchange(old, new, success, failure);
            return Some(result.unwrap_or_else(|value| value));
        }
        Do::Await(x, v, order) => {
            while words[x].load(order) != v {
                rt::thread::yield_now();
            }
            return Some(v);
        }
        Do::Take(x, order) => {
            while words[x].compare_exchange(0, 1, order, Relaxed).is_err() {
                rt::thread::yield_now();
            }
            return Some(0);
        }
        Do::TakeSwap(x, order) => {
            while words[x].swap(1, order) != 0 {
                rt::thread::yield_now();
            }
            return Some(0);
        }
        Do::Store(x, v, order) => words[x].store(v, order),
        // Safety: there is none to keep here: whether it is drained is what is looked at.
        Do::Stream(x, v) => unsafe { rt::arch::stream(&words[x], v) },
        Do::Drain => rt::arch::drain(),
        Do::Fence(order) => fence(order),
        // Safety: one thread runs at a time; whether anything orders them is looked at.
        Do::Read(x) => drop(memory.cells[x].with(|cell| unsafe { *cell })),
        // Safety: as above.
        Do::Write(x) => memory.cells[x].with_mut(|cell| unsafe { *cell += 1 }),
        Do::Lock(lock) => guards[lock] = memory.locks[lock].lock().ok(),
        Do::TryLock(lock) => {
            guards[lock] = memory.locks[lock].try_lock().ok();
            return Some(guards[lock].is_none() as u64);
        }
        Do::Unlock(lock) => guards[lock] = None,
        Do::ReadLock => holds.reads = memory.shared.read().ok(),
        Do::ReadUnlock => holds.reads = None,
        Do::WriteLock => holds.writes = memory.shared.write().ok(),
        Do::WriteUnlock => holds.writes = None,
        Do::When(..) => unreachable!("no instruction of its own"),
    }
    None
}

fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
    LAB.with_borrow_mut(|lab| {
        let words = memory.words.iter().map(|word| word.load(Relaxed)).collect();
        let ends = (lab.registers.clone(), words);
        let number = lab.ends.iter().position(|other| *other == ends).unwrap_or_else(|| {
            lab.ends.push(ends);
            lab.ends.len() - 1
        });
        Outcome(u8::try_from(number).expect("the generator keeps programs small"))
    })
}

/// Sets the program that the race runs, which it returns.
pub(super) fn set(program: &[Vec<Do>]) -> &'static dyn UnderChecker {
    LAB.set(Lab { program: program.to_vec(), ..Lab::default() });
    // What a machine does with stores that are not waited for is what is looked at.
    crate::rt::clocks::streamed::ALLOWED.set(true);
    match program.len() {
        1 => &ONE,
        2 => &TWO,
        3 => &THREE,
        _ => &FOUR,
    }
}

/// Goes on with the program that was set, whose ends keep their numbers.
pub(super) fn set_again(program: &[Vec<Do>]) -> &'static dyn UnderChecker {
    let ends = LAB.with_borrow_mut(|lab| std::mem::take(&mut lab.ends));
    let race = set(program);
    LAB.with_borrow_mut(|lab| lab.ends = ends);
    race
}

/// The end of this number.
pub(super) fn end(outcome: Outcome) -> Ends {
    LAB.with_borrow(|lab| lab.ends[usize::from(outcome.0)].clone())
}

/// The ends that were counted, by their names.
pub(super) fn named(counts: &[u64]) -> Counts {
    let pairs = LAB.with_borrow(|lab| {
        lab.ends.iter().cloned().zip(counts.iter().copied()).collect::<Vec<_>>()
    });
    pairs.into_iter().filter(|pair| pair.1 > 0).collect()
}
