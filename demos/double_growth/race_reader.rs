//! A writer adds a key to a set whose table is full, and a reader looks for one that is there.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    FOUND: Allowed required, "the reader found the key, in whichever table";
    MISSED: Forbidden, "a key that was there all the time was not found";
    LOST: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    || Set::new(1),
    &[
        actor("writer", |set, _| set.insert(1, 3)),
        actor("reader", |set, saw| saw.note(set.contains(1).into())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [1] if set.contains(3) => FOUND,
        [1] => LOST,
        _ => MISSED,
    }
}
