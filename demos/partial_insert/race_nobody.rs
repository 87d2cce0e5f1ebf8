//! A writer inserts a key while a reader looks for key 0, which nobody ever inserts.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    ABSENT: Allowed required, "key 0 is not in the map, and was not found";
    NOBODYS_KEY: Forbidden, "key 0 was found, with a zero for a value";
    NOBODYS_KEY_WITH_A_VALUE: Forbidden, "key 0 was found, with the value of another key";
}

/// Its hash has the same tag as the hash of key 0.
const KEY: u64 = 89;
const VALUE: u64 = 70;

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, _| bucket.insert(KEY, VALUE)),
        actor("reader", |bucket, saw| {
            if let Some(value) = bucket.get(0) {
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
        [VALUE] => NOBODYS_KEY_WITH_A_VALUE,
        _ => NOBODYS_KEY,
    }
}
