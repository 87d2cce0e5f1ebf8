//! A writer deletes a key and inserts another while a reader looks for both.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    BEFORE: Allowed required, "the reader came first: the old key, and not the new one";
    AFTER: Allowed required, "the reader came last: the new key, and not the old one";
    NEITHER: Allowed, "the old key is gone, and the new one not yet there";
    BOTH: Allowed, "the old key was found before it went, the new one after it came";
    GHOST: Forbidden, "the deleted key was found, with the zero that the deletion left";
    ANOTHERS_VALUE: Forbidden, "the deleted key was found, with the value of the new one";
    NO_VALUE: Forbidden, "the new key was found before its value";
}

const OLD: u64 = 7;
/// Its hash has the same tag.
const NEW: u64 = 151;
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
            bucket.insert(NEW, 1510);
        }),
        actor("reader", |bucket, saw| {
            saw.note(bucket.get(OLD).unwrap_or(ABSENT));
            saw.note(bucket.get(NEW).unwrap_or(ABSENT));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Bucket, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [0, _] => GHOST,
        [1510, _] => ANOTHERS_VALUE,
        [70, ABSENT] => BEFORE,
        [ABSENT, 1510] => AFTER,
        [ABSENT, ABSENT] => NEITHER,
        [70, 1510] => BOTH,
        _ => NO_VALUE,
    }
}
