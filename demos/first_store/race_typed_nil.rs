//! A writer stores a nil of its type, and then a value, while a reader looks at the cell.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    EMPTY: Allowed required, "the reader came before the first store, and was told so";
    VALUE: Allowed required, "the type with the value";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    LOST: Forbidden, "the last value that was stored is not in the cell";
}

/// The cell, and the memory that its data points into. At 0 there is nothing.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 2],
}
racelab::fields!(Memory { cell: writer -> reader, heap: writer -> reader });

const NUMBER: usize = 1;
/// Where nothing is.
const NIL: usize = 0;

fn look(memory: &Memory) -> Option<u64> {
    match memory.cell.load()? {
        (_, NIL) => Some(0),
        (_, at) => Some(memory.heap[at].load(Relaxed)),
    }
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0, 0].map(AtomicU64::new) },
    &[
        actor("writer", |memory, _| {
            memory.cell.store(NUMBER, NIL);
            memory.heap[1].store(11, Relaxed);
            memory.cell.store(NUMBER, 1);
        }),
        actor("reader", |memory, saw| {
            if let Some(value) = look(memory) {
                saw.note(value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        _ if look(memory) != Some(11) => LOST,
        [] => EMPTY,
        [11] => VALUE,
        _ => TYPE_WITHOUT_DATA,
    }
}
