//! Two writers store values of different types; one of them looks before and after.

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
    heap: [AtomicU64; 4],
}
racelab::fields!(Memory { cell: writer | rival, heap: writer | rival });

const NUMBER: usize = 1;
const NAME: usize = 2;

fn put(memory: &Memory, kind: usize, at: usize, value: u64) -> bool {
    memory.heap[at].store(value, Relaxed);
    memory.cell.store(kind, at)
}

/// 0 for nothing, else the type as hundreds and the value.
fn look(memory: &Memory) -> u64 {
    let found = memory.cell.load();
    found.map_or(0, |(kind, at)| 100 * kind as u64 + memory.heap[at].load(Relaxed))
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0; 4].map(AtomicU64::new) },
    &[
        actor("writer", |memory, saw| {
            saw.note(put(memory, NUMBER, 1, 11).into());
            saw.note(put(memory, NUMBER, 2, 12).into());
        }),
        actor("rival", |memory, saw| {
            saw.note(look(memory));
            saw.note(put(memory, NAME, 3, 23).into());
            saw.note(look(memory));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    let (writer, rival) = (saws[0].values(), saws[1].values());
    let seen = [rival[0], rival[2], look(memory)];
    if seen.iter().any(|seen| matches!(seen, 100 | 200)) {
        TYPE_WITHOUT_DATA
    } else if !seen.iter().all(|seen| matches!(seen, 0 | 111 | 112 | 223)) {
        WRONG_TYPE
    } else {
        match (writer, rival[1]) {
            ([1, 1], 0) => WRITER_SETTLED_IT,
            ([0, 0], 1) => RIVAL_SETTLED_IT,
            _ => BOTH_STORED,
        }
    }
}
