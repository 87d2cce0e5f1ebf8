//! Programs at random, from a seed.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

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
    /// Instructions of all kinds in one program.
    All,
    /// Locks, and attempts to take them.
    Locks,
    /// Locks that are touched again while they are held, by their holder and by others.
    Held,
    /// Plain memory, and what orders it: orderings, fences, additions of nothing.
    Orders,
    /// Yields anywhere, in straight lines.
    Yields,
    /// What may happen without a reason: weak exchanges, wakeups, writers that come first.
    Unreasonable,
    /// What threads meet at, and waits that end with a time.
    Meetings,
}

/// All mixes, for tests that go over each.
pub(super) const MIXES: [Mix; 7] =
    [Mix::All, Mix::Locks, Mix::Held, Mix::Orders, Mix::Yields, Mix::Unreasonable, Mix::Meetings];

/// Two threads of up to four groups of instructions, or three of up to two.
pub(super) fn program(numbers: &mut Numbers, mix: Mix) -> Vec<Vec<Do>> {
    let threads = 2 + numbers.below(2);
    let groups = if threads == 2 { 4 } else { 2 };
    // What all threads of such a program meet at.
    let theme = if matches!(mix, Mix::Meetings) { numbers.below(7) } else { 0 };
    let thread = |me| match mix {
        Mix::All => thread(numbers, groups, me as usize),
        Mix::Locks => locks(numbers, groups),
        Mix::Held => held(numbers, groups),
        Mix::Orders => orders(numbers, groups),
        Mix::Yields => yields(numbers, groups),
        Mix::Unreasonable => unreasonable(numbers, groups, me as usize),
        Mix::Meetings => meetings(numbers, groups, me as usize, theme),
    };
    let mut program: Vec<Vec<Do>> = (0..threads).map(thread).collect();
    if matches!(mix, Mix::Held) && numbers.below(2) == 0 {
        hand_over(numbers, &mut program);
    }
    program
}

/// The first thread takes a lock, tells the second to try it, and goes on when that has answered.
fn hand_over(numbers: &mut Numbers, program: &mut [Vec<Do>]) {
    let m = numbers.var();
    let place = numbers.below(program[0].len() as u64 + 1) as usize;
    let owner = [Lock(m), Store(2, 1), Await(2, 2), Load(0), Unlock(m)];
    program[0].splice(place..place, owner);
    let tester = [Await(2, 1), Try(m), Store(2, 2)];
    program[1].splice(0..0, tester);
}

/// The same, where the end of each thread that could do so is done by a destructor while a panic
/// unwinds; none if there is no such thread. One that waits there and is given up would never end.
pub(super) fn unwinding(numbers: &mut Numbers, program: &[Vec<Do>]) -> Option<Vec<Vec<Do>>> {
    let waits = |step: &Do| {
        matches!(step, Await(..) | HintAwait(..) | Wait(_) | Park | Meet(_) | Check(_) | Yield)
    };
    let mut all = program.to_vec();
    for thread in &mut all {
        let from = thread.iter().rposition(waits).map_or(0, |last| last + 1);
        if from < thread.len() {
            let at = from as u64 + numbers.below((thread.len() - from) as u64);
            thread.insert(at as usize, Panic);
        }
    }
    (all != program).then_some(all)
}

fn meetings(numbers: &mut Numbers, groups: u64, me: usize, theme: u64) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let x = numbers.var();
        match numbers.below(5) {
            0 => program.extend([Store(x, 1 + me as u64), NotifyOne]),
            1 => program.push(if x == 0 { Put(0) } else { Plain(0) }),
            2 => program.push(Unpark(1 - me.min(1))),
            _ => program.push(Meet(super::meet::at_random(numbers, theme))),
        }
    }
    program
}

fn held(numbers: &mut Numbers, groups: u64) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let (x, v) = (numbers.var(), numbers.var());
        let again = match numbers.below(4) {
            0 => Try(x),
            1 => Load(v),
            2 => Try(1 - x),
            _ => Store(v, 1),
        };
        match numbers.below(9) {
            0 => program.extend([Lock(x), again, Unlock(x)]),
            1 => program.extend([Lock(x), Try(x), again, Unlock(x)]),
            2 => program.extend([Read, TryWrite, Load(v), GiveBack]),
            3 => program.extend([Read, Read, Load(v), GiveBack]),
            4 => program.extend([Read, TryRead, Store(v, 1), GiveBack]),
            5 => program.extend([Write, TryRead, again, GiveBack]),
            6 => program.extend([TryKeep(x), again, Unlock(x)]),
            7 => program.extend([Write, Store(v, 1), GiveBack]),
            _ => program.push(again),
        }
    }
    program
}

fn order(numbers: &mut Numbers, orders: &[Ordering]) -> Ordering {
    orders[numbers.below(orders.len() as u64) as usize]
}

fn orders(numbers: &mut Numbers, groups: u64) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..2 + numbers.below(groups) {
        let (x, v) = (numbers.var(), numbers.below(2));
        match numbers.below(13) {
            0 | 1 => program.push(Plain(x)),
            2 | 3 => program.push(Put(x)),
            4 | 5 => program.push(LoadAs(x, order(numbers, &[Relaxed, Acquire, SeqCst]))),
            6 | 7 => program.push(StoreAs(x, 1, order(numbers, &[Relaxed, Release, SeqCst]))),
            8 => program.push(AddAs(x, v, order(numbers, &[Relaxed, Acquire, Release, AcqRel]))),
            9 => program.push(AddAs(x, 0, order(numbers, &[Release, AcqRel, Acquire]))),
            10 => program.push(SwapAs(x, v, order(numbers, &[Relaxed, Acquire, Release, AcqRel]))),
            11 => program.push(Fence(order(numbers, &[Acquire, Release, AcqRel, SeqCst]))),
            _ => program.extend([Lock(x), if v == 0 { Put(x) } else { Plain(x) }, Unlock(x)]),
        }
    }
    program
}

fn yields(numbers: &mut Numbers, groups: u64) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let (x, v) = (numbers.var(), 1 + numbers.below(2));
        match numbers.below(9) {
            0..=2 => program.push(Yield),
            3 | 4 => program.push(Load(x)),
            5 => program.push(Store(x, v)),
            6 => program.push(SwapAs(x, v, AcqRel)),
            7 => program.push(Exchange(x, 0, v)),
            _ => program.extend([Lock(x), Yield, Unlock(x)]),
        }
    }
    program
}

fn unreasonable(numbers: &mut Numbers, groups: u64, me: usize) -> Vec<Do> {
    let mut program = Vec::new();
    for _ in 0..1 + numbers.below(groups) {
        let (x, v) = (numbers.var(), 1 + numbers.below(2));
        match numbers.below(12) {
            0 | 1 => program.push(ExchangeWeak(x, numbers.below(2), v)),
            2 => program.push(Wait(x)),
            3 => program.push(Park),
            4 => program.push(Unpark(1 - me.min(1))),
            5 => program.push(if v == 1 { NotifyOne } else { NotifyAll }),
            6 => program.extend([Read, Load(x), GiveBack]),
            7 => program.extend([Read, Read, GiveBack]),
            8 => program.extend([Write, Store(x, v), GiveBack]),
            9 => program.push(Store(x, v)),
            10 => program.push(TryRead),
            _ => program.push(Load(x)),
        }
    }
    program
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
            4 => program.extend([Read, inside, GiveBack]),
            5 => program.extend([Write, inside, GiveBack]),
            6 => program.push(if v == 0 { TryRead } else { TryWrite }),
            7 => program.extend([TryReadKeep, inside, GiveBack]),
            8 => program.extend([TryWriteKeep, inside, GiveBack]),
            9 => program.extend([Lock(x), Lock(1 - x), inside, Unlock(1 - x), Unlock(x)]),
            10 => program.extend([Read, Lock(x), inside, Unlock(x), GiveBack]),
            _ => program.extend([Lock(x), Write, inside, GiveBack, Unlock(x)]),
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
            12 => program.extend([Read, Load(x), GiveBack]),
            13 => program.extend([Write, Store(x, v), GiveBack]),
            14 => program.push(if v == 1 { TryRead } else { TryWrite }),
            15 => program.push(if numbers.below(2) == 0 { Await(x, v) } else { HintAwait(x, v) }),
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
