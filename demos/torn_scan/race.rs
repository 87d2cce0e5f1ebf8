//! A writer inserts a key and then another that depends on it, while a scanner reads them all.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    NEITHER: Allowed required, "the scan shows the set as it was before";
    FIRST_ALONE: Allowed required, "the scan shows the set as it was in between";
    BOTH: Allowed required, "the scan shows the set as it was in the end";
    NEVER_WAS: Forbidden, "the second key without the first: the set was never like that";
}

/// In the first bucket, which a scan reads first.
const FIRST: u64 = 2;
/// In the second bucket.
const SECOND: u64 = 3;

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| {
            set.insert(FIRST);
            set.insert(SECOND);
        }),
        actor("scanner", |set, saw| {
            set.scan().into_iter().for_each(|key| saw.note(key));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Set, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => NEITHER,
        [FIRST] => FIRST_ALONE,
        [FIRST, SECOND] => BOTH,
        _ => NEVER_WAS,
    }
}
