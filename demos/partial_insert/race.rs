//! A writer inserts a key while a reader looks for it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    ABSENT: Allowed required, "the reader came before the key";
    FOUND: Allowed required, "the reader came after it: the key with its value";
    NO_VALUE: Forbidden, "the key is there, and its value is not: the map hands out a zero";
}

const KEY: u64 = 7;
const VALUE: u64 = 70;

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, _| bucket.insert(KEY, VALUE)),
        actor("reader", |bucket, saw| {
            if let Some(value) = bucket.get(KEY) {
                saw.note(value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Bucket, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => ABSENT,
        [VALUE] => FOUND,
        _ => NO_VALUE,
    }
}
