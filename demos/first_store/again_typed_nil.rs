//! A writer stores a nil and a value, twice, while a reader looks at the cell twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    EMPTY: Allowed required, "the reader came before the first store both times, and was told so";
    VALUE: Allowed required, "the type with a value, and never an older one after a newer";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    LOST: Forbidden, "the last value that was stored is not in the cell";
}

/// The cell, and the memory that its data points into. At 0 there is nothing.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 3],
}
racelab::fields!(Memory { cell: writer -> reader, heap: writer -> reader });

const NUMBER: usize = 1;
/// What the reader notes where the cell is empty.
const NOTHING: u64 = 99;
/// Where nothing is.
const NIL: usize = 0;

fn look(memory: &Memory) -> Option<u64> {
    match memory.cell.load()? {
        (_, NIL) => Some(0),
        (_, at) => Some(memory.heap[at].load(Relaxed)),
    }
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0, 0, 0].map(AtomicU64::new) },
    &[
        actor("writer", |memory, _| {
            for at in [1, 2] {
                memory.cell.store(NUMBER, NIL);
                memory.heap[at].store(10 + at as u64, Relaxed);
                memory.cell.store(NUMBER, at);
            }
        }),
        actor("reader", |memory, saw| {
            for _ in 0..2 {
                saw.note(look(memory).unwrap_or(NOTHING));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        _ if look(memory) != Some(12) => LOST,
        [NOTHING, NOTHING] => EMPTY,
        [NOTHING, 11 | 12] | [11, 11 | 12] | [12, 12] => VALUE,
        _ => TYPE_WITHOUT_DATA,
    }
}
