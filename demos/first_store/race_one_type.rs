//! Two writers store values of one type; one of them looks before and after.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    BOTH_STORED: Allowed required, "both values went in, and one of them is there";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    REFUSED: Forbidden, "a value of the right type was refused";
}

/// The cell, and the memory that its data points into. At 0 there is nothing.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 3],
}
racelab::fields!(Memory { cell: writer | rival, heap: writer | rival });

const NUMBER: usize = 1;

fn put(memory: &Memory, at: usize, value: u64) -> bool {
    memory.heap[at].store(value, Relaxed);
    memory.cell.store(NUMBER, at)
}

fn look(memory: &Memory) -> Option<u64> {
    let (_, at) = memory.cell.load()?;
    Some(memory.heap[at].load(Relaxed))
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0; 3].map(AtomicU64::new) },
    &[
        actor("writer", |memory, saw| saw.note(put(memory, 1, 11).into())),
        actor("rival", |memory, saw| {
            saw.note(look(memory).unwrap_or(11));
            saw.note(put(memory, 2, 12).into());
            saw.note(look(memory).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    let (writer, rival) = (saws[0].values(), saws[1].values());
    if (writer, rival[1]) != (&[1], 1) {
        REFUSED
    } else if rival[0] != 11 || ![11, 12].contains(&rival[2]) || look(memory).is_none() {
        TYPE_WITHOUT_DATA
    } else {
        BOTH_STORED
    }
}
