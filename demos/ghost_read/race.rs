//! A writer deletes a key while a reader looks for it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    FOUND: Allowed required, "the reader came first: the key with its value";
    ABSENT: Allowed required, "the reader came after the deletion";
    GHOST: Forbidden, "the deleted key was found, with the zero that the deletion left";
}

const KEY: u64 = 7;
const VALUE: u64 = 70;

pub const RACE: Race<Bucket> = Race::new(
    || {
        let bucket = Bucket::new();
        bucket.insert(KEY, VALUE);
        bucket
    },
    &[
        actor("writer", |bucket, _| bucket.remove(KEY)),
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
        _ => GHOST,
    }
}
