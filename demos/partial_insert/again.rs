//! A writer inserts two keys while a reader looks for both, the later one first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    NEITHER: Allowed required, "the reader came before both keys";
    FIRST: Allowed required, "the reader found the first key alone";
    BOTH: Allowed required, "the reader found both keys with their values";
    NO_VALUE: Forbidden, "a key is there, and its value is not: the map hands out a zero";
    OUT_OF_ORDER: Forbidden, "the second key was there, and then the first was not";
}

const FIRST_KEY: u64 = 7;
const SECOND_KEY: u64 = 8;
const ABSENT: u64 = u64::MAX;

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, _| {
            bucket.insert(FIRST_KEY, 70);
            bucket.insert(SECOND_KEY, 80);
        }),
        actor("reader", |bucket, saw| {
            saw.note(bucket.get(SECOND_KEY).unwrap_or(ABSENT));
            saw.note(bucket.get(FIRST_KEY).unwrap_or(ABSENT));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Bucket, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [ABSENT, ABSENT] => NEITHER,
        [ABSENT, 70] => FIRST,
        [80, 70] => BOTH,
        [80, ABSENT] => OUT_OF_ORDER,
        _ => NO_VALUE,
    }
}
