//! Two writers insert two keys each, one of them the same, and one of them looks for the other's.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Bucket;

outcomes! {
    WRITER_FIRST: Allowed required, "the writer inserted the shared key, the other was told";
    OTHER_FIRST: Allowed required, "the other inserted the shared key, the writer was told";
    LOST: Forbidden, "a key that was inserted is not there, or the count is wrong";
    TWICE: Forbidden, "both inserted the shared key";
    NO_VALUE: Forbidden, "a key was there, with a value that nobody gave it";
}

/// In `Saw`: the key was not there, so it was inserted.
const INSERTED: u64 = 0;

pub const RACE: Race<Bucket> = Race::new(
    Bucket::new,
    &[
        actor("writer", |bucket, saw| {
            saw.note(bucket.insert(7, 70).unwrap_or(INSERTED));
            saw.note(bucket.insert(8, 80).unwrap_or(INSERTED));
        }),
        actor("other", |bucket, saw| {
            saw.note(bucket.insert(8, 81).unwrap_or(INSERTED));
            saw.note(bucket.insert(9, 90).unwrap_or(INSERTED));
            saw.note(bucket.get(7).unwrap_or(70));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(bucket: &Bucket, saws: &[Saw]) -> Outcome {
    let all = [7, 8, 9].map(|key| bucket.get(key));
    match (saws[0].values(), saws[1].values()) {
        ([INSERTED, INSERTED], [INSERTED, ..]) => TWICE,
        (_, [_, _, seen]) if *seen != 70 => NO_VALUE,
        _ if bucket.count() != 3 || all.contains(&None) => LOST,
        ([INSERTED, INSERTED], [80, INSERTED, _]) if all[1] == Some(80) => WRITER_FIRST,
        ([INSERTED, 81], [INSERTED, INSERTED, _]) if all[1] == Some(81) => OTHER_FIRST,
        _ => NO_VALUE,
    }
}
