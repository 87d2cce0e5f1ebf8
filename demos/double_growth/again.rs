//! Two writers look for the key that is there, and add two keys each to a set whose table is full.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "all four keys are in the set, and the one that was there before";
    LOST: Forbidden, "a finished insert is not in the set";
    MISSED: Forbidden, "a key that was there all the time was not found";
}

pub const RACE: Race<Set> = Race::new(
    || Set::new(1),
    &[
        actor("writer", |set, saw| {
            saw.note(set.contains(1).into());
            set.insert(1, 3);
            set.insert(1, 5);
        }),
        actor("rival", |set, saw| {
            saw.note(set.contains(1).into());
            set.insert(2, 4);
            set.insert(2, 6);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, saws: &[Saw]) -> Outcome {
    let found = saws.iter().all(|saw| saw.values() == [1]);
    match [1, 3, 4, 5, 6].iter().all(|&key| set.contains(key)) {
        true if found => ALL,
        true => MISSED,
        false => LOST,
    }
}
