//! A writer inserts two keys, deletes them and inserts them again, while a scanner reads them all.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    NEITHER: Allowed required, "the scan shows the set without both";
    FIRST_ALONE: Allowed required, "the scan shows the set with the first key";
    BOTH: Allowed required, "the scan shows the set with both";
    NEVER_WAS: Forbidden, "the second key without the first: the set was never like that";
}

/// In the first bucket, which a scan reads first.
const FIRST: u64 = 2;
/// In the second bucket: inserted after the first, and deleted before it.
const SECOND: u64 = 3;

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| {
            set.insert(FIRST);
            set.insert(SECOND);
            set.remove(SECOND);
            set.remove(FIRST);
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
