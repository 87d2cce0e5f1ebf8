//! Two writers store two values each, all of one type; one of them looks at what is there.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    ALL_STORED: Allowed required, "all values went in, and one of them is there";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    REFUSED: Forbidden, "a value of the right type was refused";
}

/// The cell, and the memory that its data points into. At 0 there is nothing.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 5],
}
racelab::fields!(Memory { cell: writer | rival, heap: writer | rival });

const NUMBER: usize = 1;

/// Stores a value at each of two places; how many were taken.
fn put(memory: &Memory, places: [usize; 2]) -> u64 {
    let put = |at: usize| {
        memory.heap[at].store(10 + at as u64, Relaxed);
        u64::from(memory.cell.store(NUMBER, at))
    };
    places.map(put).iter().sum()
}

fn look(memory: &Memory) -> u64 {
    memory.cell.load().map_or(0, |(_, at)| memory.heap[at].load(Relaxed))
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0; 5].map(AtomicU64::new) },
    &[
        actor("writer", |memory, saw| saw.note(put(memory, [1, 2]))),
        actor("rival", |memory, saw| {
            saw.note(put(memory, [3, 4]));
            saw.note(look(memory));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    let seen = [saws[1].values()[1], look(memory)];
    if (saws[0].values(), saws[1].values()[0]) != (&[2], 2) {
        REFUSED
    } else if seen.iter().all(|value| (11..=14).contains(value)) {
        ALL_STORED
    } else {
        TYPE_WITHOUT_DATA
    }
}
