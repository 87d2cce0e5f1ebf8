//! Programs at random, from a seed.

use super::program::Do::{self, *};

/// A sequence of numbers (splitmix64).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ x >> 31) % limit
    }

    fn var(&mut self) -> usize {
        self.below(2) as usize
    }
}

/// What programs are made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mix {
    /// Everything.
    All,
    /// Locks, and attempts to take them.
    Locks,
}

/// Two threads of up to four groups of instructions, or three of up to two.
pub(super) fn program(numbers: &mut Numbers, mix: Mix) -> Vec<Vec<Do>> {
    let threads = 2 + numbers.below(2);
    let groups = if threads == 2 { 4 } else { 2 };
    let thread = |me| match mix {
        Mix::All => thread(numbers, groups, me as usize),
        Mix::Locks => locks(numbers, groups),
    };
    (0..threads).map(thread).collect()
}

fn locks(numbers: &mut Numbers, groups: u64) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let (x, v) = (numbers.var(), numbers.var());
        let inside = if numbers.below(2) == 0 { Load(v) } else { Store(v, 1) };
        match numbers.below(12) {
            0 => program.push(inside),
            1 => program.extend([Lock(x), inside, Unlock(x)]),
            2 => program.push(Try(x)),
            3 => program.extend([TryKeep(x), inside, Unlock(x)]),
            4 => program.extend([Read, inside, Release]),
            5 => program.extend([Write, inside, Release]),
            6 => program.push(if v == 0 { TryRead } else { TryWrite }),
            7 => program.extend([TryReadKeep, inside, Release]),
            8 => program.extend([TryWriteKeep, inside, Release]),
            9 => program.extend([Lock(x), Lock(1 - x), inside, Unlock(1 - x), Unlock(x)]),
            10 => program.extend([Read, Lock(x), inside, Unlock(x), Release]),
            _ => program.extend([Lock(x), Write, inside, Release, Unlock(x)]),
        }
    }
    program
}

fn thread(numbers: &mut Numbers, groups: u64, me: usize) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let x = numbers.var();
        let v = 1 + numbers.below(2);
        match numbers.below(18) {
            0..=2 => program.push(Load(x)),
            3..=5 => program.push(Store(x, v)),
            6 => program.push(Add(x, v)),
            7 | 8 => program.push(Exchange(x, numbers.below(2), v)),
            9 => program.extend([Lock(x), Load(0), Unlock(x)]),
            10 => program.extend([Lock(x), Lock(1 - x), Unlock(1 - x), Unlock(x)]),
            11 => program.push(Try(x)),
            12 => program.extend([Read, Load(x), Release]),
            13 => program.extend([Write, Store(x, v), Release]),
            14 => program.push(if v == 1 { TryRead } else { TryWrite }),
            15 => program.push(Await(x, v)),
            16 if v == 1 => program.push(Park),
            16 => program.push(Unpark(1 - me.min(1))),
            _ if v == 1 => program.push(Wait(x)),
            _ => program.push(if x == 0 { NotifyOne } else { NotifyAll }),
        }
    }
    if numbers.below(6) == 0 {
        program.push(Check(numbers.var()));
    }
    program
}
