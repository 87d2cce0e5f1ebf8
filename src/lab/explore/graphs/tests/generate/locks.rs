//! Programs that take locks.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::super::program::Do::*;
use super::super::program::Program;
use super::{Numbers, X, Y};

pub(super) fn locks(numbers: &mut Numbers) -> Program {
    let threads = 2 + (numbers.below(3) == 0) as u64;
    let cell = |numbers: &mut Numbers| numbers.one(&[Read(0), Write(0)]);
    let thread = |_| {
        let mut program = Vec::new();
        // Most programs touch it under the lock alone.
        let at = if numbers.below(2) == 0 { 1 } else { numbers.below(4) };
        if at == 0 {
            program.push(cell(numbers));
        }
        if numbers.below(3) == 0 {
            program.push(Store(X, 1, numbers.one(&[Relaxed, Release])));
        }
        program.push(Lock(0));
        if at == 1 || at == 3 {
            program.push(cell(numbers));
        }
        let reads = numbers.below(2) == 0;
        if reads {
            program.push(Load(X, numbers.one(&[Relaxed, Acquire])));
        } else {
            program.push(Store(X, 1 + numbers.below(2), Relaxed));
        }
        program.push(Unlock(0));
        if reads && at == 2 {
            program.extend([When(0, 1, 1), cell(numbers)]);
        } else if numbers.below(3) == 0 {
            program.extend([Lock(0), Add(Y, 1, Relaxed), Unlock(0)]);
        } else {
            program.push(Load(Y, Relaxed));
        }
        program
    };
    (0..threads).map(thread).collect()
}

pub(super) fn nested(numbers: &mut Numbers) -> Program {
    let threads = 2 + (numbers.below(3) == 0) as u64;
    let touches = |numbers: &mut Numbers| match numbers.below(8) {
        0..3 => Load(X, numbers.one(&[Relaxed, Acquire])),
        3..6 => Store(X, 1 + numbers.below(2), numbers.one(&[Relaxed, Release])),
        6 => Add(Y, 1, Relaxed),
        _ => Write(0),
    };
    let thread = |_| {
        let mut program = Vec::new();
        if numbers.below(3) == 0 {
            program.push(Store(X, 1, Relaxed));
        }
        let outer = numbers.word(2);
        let mut inside = vec![touches(numbers)];
        match numbers.below(4) {
            0 => inside = [vec![Lock(1 - outer)], inside, vec![Unlock(1 - outer)]].concat(),
            1 => inside.extend([Lock(1 - outer), Unlock(1 - outer)]),
            _ => {}
        }
        if numbers.below(4) == 0 {
            // Its register is the first, whatever is read inside.
            program = vec![TryLock(outer)];
            inside.push(Unlock(outer));
            program.push(When(0, 0, inside.len()));
            program.extend(inside);
        } else {
            program.push(Lock(outer));
            program.extend(inside);
            program.push(Unlock(outer));
        }
        if numbers.below(2) == 0 {
            let lock = numbers.word(2);
            program.extend([Lock(lock), Add(Y, 1, Relaxed), Unlock(lock)]);
        }
        program
    };
    (0..threads).map(thread).collect()
}

pub(super) fn readers(numbers: &mut Numbers) -> Program {
    let threads = 2 + (numbers.below(3) > 0) as u64;
    // Who reads under the lock also reads plain memory, mostly.
    let cells = numbers.below(3) == 0;
    let section = |numbers: &mut Numbers, writes: bool| {
        let mut inside = vec![match (writes, numbers.below(4)) {
            (false, 0..3) => Load(X, numbers.one(&[Relaxed, Acquire])),
            (true, 0..3) => Store(X, 1 + numbers.below(2), numbers.one(&[Relaxed, Release])),
            (false, _) => Store(Y, 1, Relaxed),
            (true, _) => Load(Y, Relaxed),
        }];
        if cells {
            inside.push(if writes { Write(0) } else { Read(0) });
        }
        let (takes, gives) = match numbers.below(8) {
            0 => (Lock(0), Unlock(0)),
            _ if writes => (WriteLock, WriteUnlock),
            _ => (ReadLock, ReadUnlock),
        };
        [vec![takes], inside, vec![gives]].concat()
    };
    let thread = |_| {
        let mut program = Vec::new();
        if numbers.below(4) == 0 {
            program.push(Store(Y, 2, Relaxed));
        }
        let writes = numbers.below(3) == 0;
        if numbers.below(6) == 0 {
            // Within a mutex, or one within it.
            let section = section(numbers, writes);
            if numbers.below(2) == 0 {
                program.extend([vec![Lock(1)], section, vec![Unlock(1)]].concat());
            } else {
                let middle = [Lock(1), Unlock(1)];
                program.extend_from_slice(&section[..2]);
                program.extend(middle);
                program.extend_from_slice(&section[2..]);
            }
        } else {
            program.extend(section(numbers, writes));
        }
        if numbers.below(if threads == 2 { 2 } else { 5 }) == 0 {
            let writes = numbers.below(3) == 0;
            program.extend(section(numbers, writes));
        }
        program
    };
    (0..threads).map(thread).collect()
}
