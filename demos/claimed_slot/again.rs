//! Two writers insert two keys each into an empty bucket; then each looks for a key of the other.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    ALL: Allowed required, "all keys are there with their values, and the count says four";
    LOST: Forbidden, "a key that was inserted is not there, or the count is wrong";
    NO_VALUE: Forbidden, "a key was found, with a value that nobody gave it";
}

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, saw| {
            bucket.insert(5, 50);
            bucket.insert(6, 60);
            saw.note(bucket.get(7).unwrap_or(70));
        }),
        actor("other", |bucket, saw| {
            bucket.insert(7, 70);
            bucket.insert(8, 80);
            saw.note(bucket.get(6).unwrap_or(60));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, saws: &[Saw]) -> Outcome {
    let there = |key| bucket.get(key) == Some(10 * key);
    match (saws[0].values(), saws[1].values()) {
        _ if bucket.count() != 4 || !(5..9).all(there) => LOST,
        ([70], [60]) => ALL,
        _ => NO_VALUE,
    }
}
