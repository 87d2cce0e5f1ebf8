//! A writer replaces the value of an entry while a reader reads it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Entry;

outcomes! {
    OLD_VALUE: Allowed required, "the reader came first";
    NEW_VALUE: Allowed required, "the writer came first";
    SPLIT_VALUE: Forbidden, "half of the old value and half of the new: nobody ever stored that";
}

/// The two halves of each are equal.
const OLD: u64 = 0x1_0000_0001;
const NEW: u64 = 0x2_0000_0002;

pub const RACE: Race<Entry> = Race::new(
    || Entry::new(OLD),
    &[
        actor("writer", |entry, _| entry.set(NEW)),
        actor("reader", |entry, saw| saw.note(entry.get())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Entry, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [OLD] => OLD_VALUE,
        [NEW] => NEW_VALUE,
        _ => SPLIT_VALUE,
    }
}
