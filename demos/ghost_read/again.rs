//! A writer deletes a key and inserts another, twice, while a reader looks twice for the first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    BEFORE: Allowed required, "the reader found the key both times, with its value";
    BETWEEN: Allowed required, "the reader found the key, and then it was gone";
    AFTER: Allowed required, "the key was gone both times";
    GHOST: Forbidden, "the deleted key was found, with the zero that the deletion left";
    ANOTHERS_VALUE: Forbidden, "the deleted key was found, with the value of another one";
    CAME_BACK: Forbidden, "the key was gone, and was found again";
}

const OLD: u64 = 7;
/// The hashes of both have the same tag as that of the old key.
const NEW: [u64; 2] = [151, 295];
const ABSENT: u64 = u64::MAX;

pub const RACE: Race<Bucket> = Race::new(
    || {
        let bucket = Bucket::new();
        bucket.insert(OLD, 70);
        bucket
    },
    &[
        actor("writer", |bucket, _| {
            bucket.remove(OLD);
            bucket.insert(NEW[0], 1510);
            bucket.remove(NEW[0]);
            bucket.insert(NEW[1], 2950);
        }),
        actor("reader", |bucket, saw| {
            saw.note(bucket.get(OLD).unwrap_or(ABSENT));
            saw.note(bucket.get(OLD).unwrap_or(ABSENT));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Bucket, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [0, _] | [_, 0] => GHOST,
        [70, 70] => BEFORE,
        [70, ABSENT] => BETWEEN,
        [ABSENT, ABSENT] => AFTER,
        [ABSENT, 70] => CAME_BACK,
        _ => ANOTHERS_VALUE,
    }
}
