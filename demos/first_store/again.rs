//! One writer stores two values of one type while a reader looks at the cell twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::Cell;

outcomes! {
    UNCHANGED: Allowed required, "the reader saw the same twice";
    NEWER: Allowed required, "the reader saw one state of the cell, and then a later one";
    BACK_IN_TIME: Forbidden, "a value, and then what was there before it";
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
const EMPTY: u64 = 0;
const NOTHING: u64 = u64::MAX;

fn put(memory: &Memory, at: usize, value: u64) {
    memory.heap[at].store(value, Relaxed);
    memory.cell.store(NUMBER, at);
}

fn look(memory: &Memory) -> u64 {
    match memory.cell.load() {
        None => EMPTY,
        Some((_, at)) => memory.heap[at].load(Relaxed),
    }
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cell: Cell::new(), heap: [NOTHING; 3].map(AtomicU64::new) },
    &[
        actor("writer", |memory, _| {
            put(memory, 1, 11);
            put(memory, 2, 12);
        }),
        actor("reader", |memory, saw| {
            saw.note(look(memory));
            saw.note(look(memory));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if look(memory) != 12 => LOST,
        [NOTHING, _] | [_, NOTHING] => TYPE_WITHOUT_DATA,
        [before, after] if before > after => BACK_IN_TIME,
        [before, after] if before < after => NEWER,
        _ => UNCHANGED,
    }
}
