//! A rival adds two keys, and a reader looks twice for the second.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    NOT_YET: Allowed required, "the key was not there when the reader first looked";
    THERE: Allowed required, "the key was there, and stayed";
    TAKEN_BACK: Forbidden, "the key was there, nobody has removed it, and it is not there";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[
        actor("rival", |set, _| {
            let mut rival = set.writer(1);
            set.insert(&mut rival, 4);
            set.insert(&mut rival, 5);
        }),
        actor("reader", |set, saw| {
            saw.note(set.contains(5).into());
            saw.note(set.contains(5).into());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [1, 0] => TAKEN_BACK,
        _ if !set.contains(4) || !set.contains(5) => LOST_UPDATE,
        [1, 1] => THERE,
        _ => NOT_YET,
    }
}
