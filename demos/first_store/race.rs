//! One writer stores two values of one type while a reader looks at the cell.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    EMPTY: Allowed required, "the reader came before the first store, and was told so";
    FIRST_VALUE: Allowed required, "the type with the value that was stored first";
    SECOND_VALUE: Allowed required, "the type with the value that was stored next";
    TYPE_WITHOUT_DATA: Forbidden, "a type is there, and no value of it";
    LOST: Forbidden, "the last value that was stored is not in the cell";
}

/// The cell, and the memory that its data points into. At 0 there is nothing, at 1 the first value.
pub struct Memory {
    cell: Cell,
    heap: [AtomicU64; 3],
}
racelab::fields!(Memory { cell: writer -> reader, heap: writer -> reader });

const NUMBER: usize = 1;

fn look(memory: &Memory) -> Option<u64> {
    match memory.cell.load()? {
        (_, 0) => Some(0),
        (_, at) => Some(memory.heap[at].load(Relaxed)),
    }
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [0, 11, 0].map(AtomicU64::new) },
    &[
        actor("writer", |memory, _| {
            memory.cell.store(NUMBER, 1);
            memory.heap[2].store(12, Relaxed);
            memory.cell.store(NUMBER, 2);
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
        _ if look(memory) != Some(12) => LOST,
        [] => EMPTY,
        [11] => FIRST_VALUE,
        [12] => SECOND_VALUE,
        _ => TYPE_WITHOUT_DATA,
    }
}
