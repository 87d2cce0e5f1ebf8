//! A writer deletes a key and inserts another, twice, while a reader looks for the first and the last.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    BEFORE: Allowed required, "the reader found the first key, and not the last";
    AFTER: Allowed required, "the reader found the last key, and not the first";
    NEITHER: Allowed required, "the first key is gone, and the last not yet there";
    BOTH: Allowed required, "the first key was found before it went, the last after it came";
    GHOST: Forbidden, "the deleted key was found, with the zero that the deletion left";
    ANOTHERS_VALUE: Forbidden, "the deleted key was found, with the value of another one";
    NO_VALUE: Forbidden, "the last key was found before its value";
}

/// The hashes of all three have the same tag.
const KEYS: [u64; 3] = [7, 151, 384];
const ABSENT: u64 = u64::MAX;

pub const RACE: Race<Bucket> = Race::new(
    || {
        let bucket = Bucket::new();
        bucket.insert(KEYS[0], 70);
        bucket
    },
    &[
        actor("writer", |bucket, _| {
            bucket.remove(KEYS[0]);
            bucket.insert(KEYS[1], 1510);
            bucket.remove(KEYS[1]);
            bucket.insert(KEYS[2], 3840);
        }),
        actor("reader", |bucket, saw| {
            saw.note(bucket.get(KEYS[0]).unwrap_or(ABSENT));
            saw.note(bucket.get(KEYS[2]).unwrap_or(ABSENT));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Bucket, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [0, _] => GHOST,
        [1510 | 3840, _] => ANOTHERS_VALUE,
        [70, ABSENT] => BEFORE,
        [ABSENT, 3840] => AFTER,
        [ABSENT, ABSENT] => NEITHER,
        [70, 3840] => BOTH,
        _ => NO_VALUE,
    }
}
