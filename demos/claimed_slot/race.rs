//! Two writers insert a key each into an empty bucket.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    BOTH: Allowed required, "both keys are there with their values, and the count says two";
    ONE_LOST: Forbidden, "one key took the slot of the other, and the count says two";
    MIXED: Forbidden, "a slot with the key of one writer and the value of the other";
}

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, _| {
            bucket.insert(7, 70);
        }),
        actor("other", |bucket, _| {
            bucket.insert(8, 80);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, _: &[Saw]) -> Outcome {
    match (bucket.get(7), bucket.get(8), bucket.len()) {
        (Some(70), Some(80), 2) => BOTH,
        (Some(70), None, _) | (None, Some(80), _) => ONE_LOST,
        _ => MIXED,
    }
}
