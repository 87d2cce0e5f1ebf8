//! Two writers store two values each, of different types; one of them looks at what is there.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    WRITER_SETTLED_IT: Allowed required, "the cell is for numbers, and the rival was refused";
    RIVAL_SETTLED_IT: Allowed required, "the cell is for names, and the writer was refused";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    WRONG_TYPE: Forbidden, "a value of one type under the name of the other";
    BOTH_STORED: Forbidden, "both were told that their type is in the cell";
}

/// The cell, and the memory that its data points into. At 0 there is nothing.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 5],
}
racelab::fields!(Memory { cell: writer | rival, heap: writer | rival });

const NUMBER: usize = 1;
const NAME: usize = 2;

/// Stores a value at each of two places; how many were taken.
fn put(memory: &Memory, kind: usize, places: [usize; 2]) -> u64 {
    let put = |at: usize| {
        memory.heap[at].store(10 + at as u64, Relaxed);
        u64::from(memory.cell.store(kind, at))
    };
    places.map(put).iter().sum()
}

/// 0 for nothing, else the type as hundreds and the value.
fn look(memory: &Memory) -> u64 {
    let found = memory.cell.load();
    found.map_or(0, |(kind, at)| 100 * kind as u64 + memory.heap[at].load(Relaxed))
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0; 5].map(AtomicU64::new) },
    &[
        actor("writer", |memory, saw| saw.note(put(memory, NUMBER, [1, 2]))),
        actor("rival", |memory, saw| {
            saw.note(put(memory, NAME, [3, 4]));
            saw.note(look(memory));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    let (stored, seen) = ((saws[0].values(), saws[1].values()[0]), saws[1].values()[1]);
    match (stored, [seen, look(memory)]) {
        (_, [100 | 200, _] | [_, 100 | 200]) => TYPE_WITHOUT_DATA,
        (([2], 0), [111 | 112, 112]) => WRITER_SETTLED_IT,
        (([0], 2), [214, 214]) => RIVAL_SETTLED_IT,
        (([2], 2), _) => BOTH_STORED,
        _ => WRONG_TYPE,
    }
}
