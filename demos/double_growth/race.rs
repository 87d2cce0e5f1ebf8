//! Two writers add a key each to a set whose table is full.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "both keys are in the set, and the one that was there before";
    LOST: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    || Set::new(1),
    &[actor("writer", |set, _| set.insert(1, 3)), actor("rival", |set, _| set.insert(2, 4))],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if [1, 3, 4].iter().all(|&key| set.contains(key)) { ALL } else { LOST }
}
