//! Programs at random and by shape, from a seed.

mod locks;

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::program::Do::{self, *};
use super::program::Program;
use locks::{locks, nested, readers};

/// A sequence of numbers (splitmix64).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ x >> 31) % limit
    }
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
    fn word(&mut self, words: u64) -> usize {
        self.below(words) as usize
    }
}

const LOADS: [Ordering; 3] = [Relaxed, Acquire, SeqCst];
const STORES: [Ordering; 3] = [Relaxed, Release, SeqCst];
const UPDATES: [Ordering; 5] = [Relaxed, Acquire, Release, AcqRel, SeqCst];
const FENCES: [Ordering; 4] = [Acquire, Release, AcqRel, SeqCst];

/// A classic shape: of each thread the words that it touches, and what it stores; 0 is a load.
pub(super) type Shape = &'static [&'static [(usize, u64)]];

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;

pub(super) const SHAPES: [(&str, Shape); 23] = [
    ("SB", &[&[(X, 1), (Y, 0)], &[(Y, 1), (X, 0)]]),
    ("MP", &[&[(X, 1), (Y, 1)], &[(Y, 0), (X, 0)]]),
    ("LB", &[&[(X, 0), (Y, 1)], &[(Y, 0), (X, 1)]]),
    ("S", &[&[(X, 2), (Y, 1)], &[(Y, 0), (X, 1)]]),
    ("R", &[&[(X, 1), (Y, 1)], &[(Y, 2), (X, 0)]]),
    ("2+2W", &[&[(X, 1), (Y, 2)], &[(Y, 1), (X, 2)]]),
    ("CoRR", &[&[(X, 1)], &[(X, 0), (X, 0)]]),
    ("CoRR2", &[&[(X, 1)], &[(X, 2)], &[(X, 0), (X, 0)], &[(X, 0), (X, 0)]]),
    ("CoWR", &[&[(X, 1), (X, 0)], &[(X, 2)]]),
    ("CoRW1", &[&[(X, 0), (X, 1)], &[(X, 0)]]),
    ("CoRW2", &[&[(X, 0), (X, 1)], &[(X, 2)]]),
    ("CoWW", &[&[(X, 1), (X, 2)], &[(X, 0)]]),
    ("WRC", &[&[(X, 1)], &[(X, 0), (Y, 1)], &[(Y, 0), (X, 0)]]),
    ("RWC", &[&[(X, 1)], &[(X, 0), (Y, 0)], &[(Y, 1), (X, 0)]]),
    ("W+RWC", &[&[(X, 1), (Z, 1)], &[(Z, 0), (Y, 0)], &[(Y, 1), (X, 0)]]),
    ("ISA2", &[&[(X, 1), (Y, 1)], &[(Y, 0), (Z, 1)], &[(Z, 0), (X, 0)]]),
    ("Z6.3", &[&[(X, 1), (Y, 1)], &[(Y, 2), (Z, 1)], &[(Z, 0), (X, 0)]]),
    ("3.SB", &[&[(X, 1), (Y, 0)], &[(Y, 1), (Z, 0)], &[(Z, 1), (X, 0)]]),
    ("3.LB", &[&[(X, 0), (Y, 1)], &[(Y, 0), (Z, 1)], &[(Z, 0), (X, 1)]]),
    ("WRR+2W", &[&[(X, 2)], &[(X, 0), (Y, 0)], &[(Y, 1), (X, 1)]]),
    ("WWC", &[&[(X, 2)], &[(X, 0), (Y, 1)], &[(Y, 0), (X, 1)]]),
    ("WRW+WR", &[&[(X, 1)], &[(X, 0), (Y, 1)], &[(Y, 2), (X, 0)]]),
    ("IRIW", &[&[(X, 1)], &[(Y, 1)], &[(X, 0), (Y, 0)], &[(Y, 0), (X, 0)]]),
];

/// A shape with each access as one says, and what lies between two of a thread.
pub(super) fn shaped(
    shape: Shape,
    between: Option<Do>,
    mut access: impl FnMut(usize, u64) -> Do,
) -> Program {
    let thread = |accesses: &&[(usize, u64)]| {
        let mut program = Vec::new();
        for (at, (word, value)) in accesses.iter().enumerate() {
            program.extend(between.filter(|_| at > 0));
            program.push(access(*word, *value));
        }
        program
    };
    shape.iter().map(thread).collect()
}

fn plainly(word: usize, value: u64, load: Ordering, store: Ordering) -> Do {
    match value {
        0 => Load(word, load),
        value => Store(word, value, store),
    }
}

/// Every classic shape with one ordering of all loads, one of all stores, and one fence between.
pub(super) fn classic() -> impl Iterator<Item = Program> {
    const BETWEEN: [Option<Ordering>; 5] =
        [None, Some(Acquire), Some(Release), Some(AcqRel), Some(SeqCst)];
    SHAPES.iter().flat_map(move |(_, shape)| {
        LOADS.iter().flat_map(move |load| {
            STORES.iter().flat_map(move |store| {
                BETWEEN.iter().map(move |fence| {
                    shaped(shape, fence.map(Fence), |word, value| {
                        plainly(word, value, *load, *store)
                    })
                })
            })
        })
    })
}

/// What programs are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Shapes with each access and fence of any ordering.
    Mixed,
    /// Shapes with accesses that may be read-modify-writes.
    Updates,
    /// Release sequences: a head, what follows it, a reader.
    Sequences,
    /// Everything but what waits.
    Random,
    /// Plain memory behind what was read.
    Races,
    /// A mutex, atomics and plain memory.
    Locks,
    /// Two mutexes, one within the other in either order, and attempts.
    Nested,
    /// A lock for readers, a mutex, atomics and plain memory.
    Readers,
    /// Waiting loops and spin locks.
    Awaits,
    /// Many stores and loads, locked instructions: what a store buffer can show.
    Buffers,
    /// The same with streamed stores.
    Streams,
}

pub(super) const FAMILIES: [Family; 11] = [
    Family::Mixed,
    Family::Updates,
    Family::Sequences,
    Family::Random,
    Family::Races,
    Family::Locks,
    Family::Nested,
    Family::Readers,
    Family::Awaits,
    Family::Buffers,
    Family::Streams,
];

/// A program of a family.
pub(super) fn program(numbers: &mut Numbers, family: Family) -> Program {
    match family {
        Family::Mixed => mixed(numbers),
        Family::Updates => updates(numbers),
        Family::Sequences => sequences(numbers),
        Family::Random => random(numbers),
        Family::Races => races(numbers),
        Family::Locks => locks(numbers),
        Family::Nested => nested(numbers),
        Family::Readers => readers(numbers),
        Family::Awaits => awaits(numbers),
        Family::Buffers => buffers(numbers, false),
        Family::Streams => buffers(numbers, true),
    }
}

/// A shape; of four threads seldom.
fn shape(numbers: &mut Numbers) -> Shape {
    loop {
        let (_, shape) = numbers.one(&SHAPES);
        if shape.len() < 4 || numbers.below(4) == 0 {
            return shape;
        }
    }
}

fn mixed(numbers: &mut Numbers) -> Program {
    let mut program = shaped(shape(numbers), None, |word, value| {
        plainly(word, value, numbers.one(&LOADS), numbers.one(&STORES))
    });
    between(numbers, &mut program, 2);
    program
}

/// Puts fences between the first two instructions of some threads.
fn between(numbers: &mut Numbers, program: &mut Program, seldom: u64) {
    for thread in program.iter_mut().filter(|thread| thread.len() > 1) {
        if numbers.below(seldom) == 0 {
            thread.insert(1, Fence(numbers.one(&FENCES)));
        }
    }
}

fn updates(numbers: &mut Numbers) -> Program {
    let mut program = shaped(shape(numbers), None, |word, value| match (value, numbers.below(5)) {
        (0, 0) => Add(word, 0, numbers.one(&UPDATES)),
        (0, 1) => Exchange(word, 1, 3, numbers.one(&UPDATES), numbers.one(&LOADS)),
        (value, 0) => Swap(word, value, numbers.one(&UPDATES)),
        (value, 1) => Add(word, value, numbers.one(&UPDATES)),
        _ => plainly(word, value, numbers.one(&LOADS), numbers.one(&STORES)),
    });
    between(numbers, &mut program, 3);
    program
}

fn sequences(numbers: &mut Numbers) -> Program {
    let mut head = vec![Store(X, 1, Relaxed)];
    if numbers.below(2) == 0 {
        head.push(Fence(Release));
    }
    head.push(Store(Y, 1, numbers.one(&STORES)));
    match numbers.below(4) {
        0 => head.push(Store(Y, 2, Relaxed)),
        1 => head.push(Add(Y, 4, Relaxed)),
        2 => head.push(Swap(Y, 8, Relaxed)),
        _ => {}
    }
    let reader = match numbers.below(2) {
        0 => vec![Load(Y, Acquire), Load(X, Relaxed)],
        _ => vec![Load(Y, Relaxed), Fence(Acquire), Load(X, Relaxed)],
    };
    let mut program = vec![head, reader];
    if numbers.below(4) > 0 {
        program.push(vec![Add(Y, 16, numbers.one(&[Relaxed, Acquire, Release]))]);
    }
    program
}

fn random(numbers: &mut Numbers) -> Program {
    let threads = if numbers.below(6) == 0 { 3 } else { 2 };
    let words = 2 + (numbers.below(4) == 0) as u64;
    let mut value = 0;
    let thread = |_| {
        let more = if threads == 3 { 1 } else { 2 };
        let steps = 2 + numbers.below(more) + (numbers.below(3) == 0) as u64;
        let step = |_| {
            value += 1;
            let x = numbers.word(words);
            match numbers.below(10) {
                0..=2 => Load(x, numbers.one(&LOADS)),
                3..=5 => Store(x, value, numbers.one(&STORES)),
                6 => Add(x, 10, numbers.one(&UPDATES)),
                7 if numbers.below(2) == 0 => Swap(x, value, numbers.one(&UPDATES)),
                7 => {
                    let old = numbers.below(3);
                    Exchange(x, old, value + 100, numbers.one(&UPDATES), numbers.one(&LOADS))
                }
                _ => Fence(numbers.one(&FENCES)),
            }
        };
        (0..steps).map(step).collect()
    };
    (0..threads).map(thread).collect()
}

fn races(numbers: &mut Numbers) -> Program {
    let threads = 2 + numbers.below(2);
    let thread = |me| {
        let mut program = Vec::new();
        if me == 0 || numbers.below(4) == 0 {
            program.push(Write(0));
        }
        let mut reads = 0;
        let some = if numbers.below(4) == 0 { 3 } else { 2 };
        for _ in 0..2 + numbers.below(2) {
            let (x, v) = (numbers.word(2), 1 + numbers.below(2));
            // SeqCst in few programs: what it orders hides what the others do not.
            let load = LOADS[numbers.below(some.min(3)) as usize];
            let store = STORES[numbers.below(some.min(3)) as usize];
            let update = UPDATES[numbers.below(2 + some) as usize];
            let step = match numbers.below(if me == 0 { 10 } else { 13 }) {
                0..=2 => Store(x, v, store),
                3 => Add(x, 1, update),
                4 => Add(x, 0, update),
                5 => Exchange(x, v - 1, v, update, load),
                6 | 7 => Fence(FENCES[numbers.below(1 + some) as usize]),
                _ => Load(x, load),
            };
            reads += !matches!(step, Store(..) | Fence(_)) as u64;
            program.push(step);
        }
        if reads > 0 {
            if numbers.below(4) == 0 {
                program.push(Fence(numbers.one(&[Acquire, SeqCst])));
            }
            let register = numbers.below(reads) as usize;
            program.push(When(register, numbers.below(3), 1));
            program.push(numbers.one(&[Read(0), Write(0)]));
        } else if numbers.below(3) == 0 {
            program.push(Read(0));
        }
        program
    };
    (0..threads).map(thread).collect()
}

fn awaits(numbers: &mut Numbers) -> Program {
    let threads = 2 + (numbers.below(3) == 0) as u64;
    let thread = |_| {
        let mut program = Vec::new();
        let locked = numbers.below(3) == 0;
        if locked {
            program.push(numbers.one(&[Take(Z, Acquire), TakeSwap(Z, Acquire)]));
        }
        let steps = if threads == 3 { 2 } else { 2 + numbers.below(2) };
        let mut reads = locked as u64;
        for _ in 0..steps {
            let x = numbers.word(2);
            let step = match numbers.below(16) {
                0..=2 => Load(x, numbers.one(&LOADS)),
                3..=7 => Store(x, 1 + (numbers.below(4) == 0) as u64, numbers.one(&STORES)),
                8 => Add(x, numbers.below(2), numbers.one(&UPDATES)),
                9..=11 => Await(x, 1, numbers.one(&LOADS)),
                12 => Exchange(x, 0, 1, numbers.one(&UPDATES), Relaxed),
                13 if reads > 0 => When(numbers.below(reads) as usize, numbers.below(2), 1),
                _ => Fence(numbers.one(&FENCES)),
            };
            reads += !matches!(step, Store(..) | Fence(_) | When(..)) as u64;
            program.push(step);
        }
        // One that is kept is waited for in vain.
        if locked && numbers.below(8) > 0 {
            program.push(Store(Z, 0, Release));
        }
        program
    };
    (0..threads).map(thread).collect()
}

fn buffers(numbers: &mut Numbers, streams: bool) -> Program {
    let threads = 2 + (numbers.below(3) == 0) as u64;
    let words = 2 + (numbers.below(3) == 0) as u64;
    let mut value = 0;
    let thread = |_| {
        let steps = 2 + numbers.below(if threads == 3 { 2 } else { 3 });
        let step = |_| {
            value += 1;
            let x = numbers.word(words);
            match numbers.below(20) {
                0..=6 => Load(x, numbers.one(&LOADS)),
                7..=11 if streams => Stream(x, value),
                7..=13 => Store(x, value, numbers.one(&STORES)),
                14 => Add(x, 10, numbers.one(&UPDATES)),
                15 => Swap(x, value, numbers.one(&UPDATES)),
                16 => Exchange(x, 0, value + 100, numbers.one(&UPDATES), numbers.one(&LOADS)),
                17 => Exchange(x, 77, value, numbers.one(&UPDATES), numbers.one(&LOADS)),
                18 => Fence(SeqCst),
                _ if streams && numbers.below(2) == 0 => Drain,
                _ => Fence(numbers.one(&FENCES)),
            }
        };
        (0..steps).map(step).collect()
    };
    (0..threads).map(thread).collect()
}
