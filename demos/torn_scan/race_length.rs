//! A writer puts one key in the place of another, so that there is always one; a scanner counts.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ONE: Allowed required, "one key, as before the change and after it";
    TWO: Allowed required, "two keys, as in the middle of the change";
    NEVER_EMPTY: Forbidden, "no key at all: the set was never empty";
}

/// In the second bucket, which is counted last.
const OLD: u64 = 3;
/// In the first bucket.
const NEW: u64 = 2;

pub const RACE: Race<Set> = Race::new(
    || {
        let set = Set::new();
        set.insert(OLD);
        set
    },
    &[
        actor("writer", |set, _| {
            set.insert(NEW);
            set.remove(OLD);
        }),
        actor("scanner", |set, saw| saw.note(set.length())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Set, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [1] => ONE,
        [2] => TWO,
        _ => NEVER_EMPTY,
    }
}
