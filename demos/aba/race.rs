//! A writer adds a key while a rival adds two.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "all three keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| set.insert(&mut set.writer(0), 3)),
        actor("rival", |set, _| {
            let mut rival = set.writer(1);
            set.insert(&mut rival, 4);
            set.insert(&mut rival, 5);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if (3..6).all(|key| set.contains(key)) { ALL } else { LOST_UPDATE }
}
