//! Two writers add two keys each, and fill a fresh snapshot for each key.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "all four keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| {
            set.insert(1, 3);
            set.insert(2, 4);
        }),
        actor("rival", |set, _| {
            set.insert(3, 5);
            set.insert(4, 6);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if (3..7).all(|key| set.contains(key)) { ALL } else { LOST_UPDATE }
}
