//! Two writers insert a key each into an empty bucket; then one of them looks for the other's.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    BOTH: Allowed required, "both keys are there with their values, and the count says two";
    ONE_LOST: Forbidden, "one key took the slot of the other, and the count says two";
    MIXED: Forbidden, "a slot with the key of one writer and the value of the other";
    NO_VALUE: Forbidden, "a key was found without its value";
}

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, _| {
            bucket.insert(7, 70);
        }),
        actor("other", |bucket, saw| {
            bucket.insert(8, 80);
            if let Some(value) = bucket.get(7) {
                saw.note(value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, saws: &[Saw]) -> Outcome {
    match (bucket.get(7), bucket.get(8)) {
        _ if saws[1].get(0) == Some(0) => NO_VALUE,
        (Some(70), Some(80)) if bucket.len() == 2 && saws[1].get(0) != Some(80) => BOTH,
        (Some(70), None) | (None, Some(80)) => ONE_LOST,
        _ => MIXED,
    }
}
