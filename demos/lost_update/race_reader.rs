//! Two writers add a key each; a reader, who takes no lock, looks for one of them twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    BOTH: Allowed required, "both keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
    TAKEN_BACK: Forbidden, "a key was there, and nobody has removed it, and it is not there";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("writer", |set, _| set.insert(1, 3)),
        actor("rival", |set, _| set.insert(2, 4)),
        actor("reader", |set, saw| {
            saw.note(set.contains(3).into());
            saw.note(set.contains(3).into());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, saws: &[Saw]) -> Outcome {
    match saws[2].values() {
        [1, 0] => TAKEN_BACK,
        _ if set.contains(3) && set.contains(4) => BOTH,
        _ => LOST_UPDATE,
    }
}
