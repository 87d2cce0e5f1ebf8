//! Two writers insert the same key, each with a value of its own: one of them comes first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    ONCE: Allowed required, "one writer inserted the key, the other was told the value";
    TWICE: Forbidden, "both inserted it: one key is in two slots, and counted twice";
    NO_VALUE: Forbidden, "a writer was told that the key is there, with a value nobody gave it";
}

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, saw| {
            if let Some(value) = bucket.insert(7, 70) {
                saw.note(value);
            }
        }),
        actor("other", |bucket, saw| {
            if let Some(value) = bucket.insert(7, 71) {
                saw.note(value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values(), bucket.get(7), bucket.len()) {
        ([], [70], Some(70), 1) | ([71], [], Some(71), 1) => ONCE,
        ([], [], ..) => TWICE,
        _ => NO_VALUE,
    }
}
