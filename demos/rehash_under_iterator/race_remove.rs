//! A mover grows a set while an iterator goes through it, and removes a key on the way.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    EACH_ONCE: Allowed required, "each key that was there was shown once, and no other";
    GHOST: Forbidden, "a key was shown that the iterator had removed before";
    TWICE: Forbidden, "a key was shown twice";
    NEVER: Forbidden, "a key that was there all the time was not shown";
}

pub const RACE: Race<Set> = Race::new(
    || Set::new(&[1, 2, 3], 2),
    &[
        actor("mover", |set, _| set.rehash(4)),
        actor("iterator", |set, saw| {
            let mut digits = 0;
            set.each(|key| {
                digits = 10 * digits + key;
                if key == 2 {
                    set.remove(3);
                }
            });
            saw.note(digits);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Set, saws: &[Saw]) -> Outcome {
    // The keys that were shown, as the digits of a number.
    let digits = saws[1].values()[0].to_string();
    match ["1", "2", "3"].map(|key| digits.matches(key).count()) {
        [1, 1, 0] => EACH_ONCE,
        [1, 1, _] => GHOST,
        [0, ..] | [_, 0, _] => NEVER,
        _ => TWICE,
    }
}
