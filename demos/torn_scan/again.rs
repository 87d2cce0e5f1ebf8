//! A writer inserts a key and then another that depends on it, while a scanner reads them all twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    UNCHANGED: Allowed required, "both scans show the set at one moment";
    GROWN: Allowed required, "the second scan shows the set at a later moment";
    NEVER_WAS: Forbidden, "the second key without the first: the set was never like that";
    BACK_IN_TIME: Forbidden, "the second scan shows the set at an earlier moment";
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
            saw.note(moment(&set.scan()));
            saw.note(moment(&set.scan()));
        }),
    ],
    outcome,
    OUTCOMES,
);

/// How many inserts came before the scan; what never was is none of them.
fn moment(keys: &[u64]) -> u64 {
    match keys {
        [] => 0,
        [FIRST] => 1,
        [FIRST, SECOND] => 2,
        _ => u64::MAX,
    }
}

fn outcome(_: &Set, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [u64::MAX, _] | [_, u64::MAX] => NEVER_WAS,
        [before, after] if before > after => BACK_IN_TIME,
        [before, after] if before < after => GROWN,
        _ => UNCHANGED,
    }
}
