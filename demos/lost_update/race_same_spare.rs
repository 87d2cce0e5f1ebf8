//! A writer adds two keys by way of one snapshot, which is published by then; a rival adds one.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "all three keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| {
            set.insert(1, 3);
            set.insert(1, 4);
        }),
        actor("rival", |set, _| set.insert(2, 5)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if (3..6).all(|key| set.contains(key)) { ALL } else { LOST_UPDATE }
}
