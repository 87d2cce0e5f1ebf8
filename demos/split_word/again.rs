//! A writer replaces the value of an entry twice while a reader reads it twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Entry;

outcomes! {
    UNCHANGED: Allowed required, "the reader read one value twice";
    REPLACED: Allowed required, "the reader read one value, and then a newer one";
    SPLIT_VALUE: Forbidden, "half of one value and half of another: nobody ever stored that";
    BACK_IN_TIME: Forbidden, "a value, and then one that it had replaced";
}

/// The two halves of each are equal.
const VALUES: [u64; 3] = [0x1_0000_0001, 0x2_0000_0002, 0x3_0000_0003];

pub const RACE: Race<Entry> = Race::new(
    || Entry::new(VALUES[0]),
    &[
        actor("writer", |entry, _| {
            entry.set(VALUES[1]);
            entry.set(VALUES[2]);
        }),
        actor("reader", |entry, saw| {
            saw.note(entry.get());
            saw.note(entry.get());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Entry, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        seen if !seen.iter().all(|value| VALUES.contains(value)) => SPLIT_VALUE,
        [before, after] if before > after => BACK_IN_TIME,
        [before, after] if before < after => REPLACED,
        _ => UNCHANGED,
    }
}
