//! Two writers add two keys each, and each fills for its second what it has replaced by its first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    ALL: Allowed required, "all four keys are in the set";
    LOST_UPDATE: Forbidden, "a finished insert is not in the set";
}

pub const RACE: Race<Set> = Race::new(
    Set::new,
    &[actor("writer", |set, _| two(set, 0, 3)), actor("rival", |set, _| two(set, 1, 5))],
    outcome,
    OUTCOMES,
);

fn two(set: &Set, number: usize, key: u32) {
    let mut writer = set.writer(number);
    set.insert(&mut writer, key);
    set.insert(&mut writer, key + 1);
}

fn outcome(set: &Set, _: &[Saw]) -> Outcome {
    if (3..7).all(|key| set.contains(key)) { ALL } else { LOST_UPDATE }
}
