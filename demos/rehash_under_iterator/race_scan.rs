//! A mover grows a set and shrinks it; an iterator that may show a key again goes through the set.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    EACH_ONCE: Allowed required, "each key was shown once";
    AGAIN: Allowed required, "each key was shown, and one of them again";
    NEVER: Forbidden, "a key that was there all the time was not shown";
}

const KEYS: [u64; 3] = [1, 2, 3];

pub const RACE: Race<Set> = Race::new(
    || Set::new(&KEYS, 2),
    &[
        actor("mover", |set, _| {
            set.rehash(4);
            set.rehash(2);
        }),
        actor("iterator", |set, saw| saw.note(shown(set))),
    ],
    outcome,
    OUTCOMES,
);

/// The keys that an iteration shows, as the digits of a number.
fn shown(set: &Set) -> u64 {
    let mut digits = 0;
    set.each(|key| digits = 10 * digits + key);
    digits
}

fn outcome(_: &Set, saws: &[Saw]) -> Outcome {
    let digits = saws[1].values()[0].to_string();
    let times = KEYS.map(|key| digits.matches(&key.to_string()).count());
    match times {
        [1, 1, 1] => EACH_ONCE,
        _ if times.contains(&0) => NEVER,
        _ => AGAIN,
    }
}
