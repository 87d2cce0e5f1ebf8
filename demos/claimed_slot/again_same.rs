//! Two writers insert the same two keys, in opposite orders, each with values of its own.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    ONE_INSERTED_BOTH: Allowed required, "one writer inserted both keys, the other was told twice";
    ONE_EACH: Allowed required, "each inserted one key, and was told the value of the other";
    TWICE: Forbidden, "both inserted one key: it is in two slots, and counted twice";
    NO_VALUE: Forbidden, "a writer was told that a key is there, with a value nobody gave it";
}

/// In `Saw`: the key was not there, so it was inserted.
const INSERTED: u64 = 0;

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, saw| {
            saw.note(bucket.insert(7, 70).unwrap_or(INSERTED));
            saw.note(bucket.insert(8, 80).unwrap_or(INSERTED));
        }),
        actor("other", |bucket, saw| {
            saw.note(bucket.insert(8, 81).unwrap_or(INSERTED));
            saw.note(bucket.insert(7, 71).unwrap_or(INSERTED));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, saws: &[Saw]) -> Outcome {
    let there = (bucket.get(7), bucket.get(8), bucket.count());
    match (saws[0].values(), saws[1].values(), there) {
        ([INSERTED, INSERTED], [80, 70], (Some(70), Some(80), 2)) => ONE_INSERTED_BOTH,
        ([71, 81], [INSERTED, INSERTED], (Some(71), Some(81), 2)) => ONE_INSERTED_BOTH,
        ([INSERTED, 81], [INSERTED, 70], (Some(70), Some(81), 2)) => ONE_EACH,
        (_, _, (.., count)) if count > 2 => TWICE,
        _ => NO_VALUE,
    }
}
