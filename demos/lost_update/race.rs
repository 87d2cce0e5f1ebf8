//! Two writers add a key each.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    BOTH: Allowed required, "both keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| set.insert(1, 3)),
        actor("rival", |set, _| set.insert(2, 4)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if set.contains(3) && set.contains(4) { BOTH } else { LOST_UPDATE }
}
