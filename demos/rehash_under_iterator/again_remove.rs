//! A mover grows a set and shrinks it; an iterator goes through it twice, and removes on the way.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    AS_IT_WAS: Allowed required, "each key that was there was shown once, and no other";
    GHOST: Forbidden, "a key was shown that the iterator had removed before";
    WRONG: Forbidden, "a key that was there was not shown once";
}

pub const RACE: Race<Set> = Race::new(
    || Set::new(&[1, 2, 3], 2),
    &[
        actor("mover", |set, _| {
            set.rehash(4);
            set.rehash(2);
        }),
        actor("iterator", |set, saw| {
            // Key 1 is removed by the second iteration, before it is shown there or after.
            for gone in [3, 1] {
                let mut digits = 0;
                set.each(|key| {
                    digits = 10 * digits + key;
                    if key == 2 {
                        set.remove(gone);
                    }
                });
                saw.note(digits);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(set: &Set, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        // What comes behind key 2 of the second iteration has been removed.
        [12 | 21, 2 | 12] if set.contains(2) && !set.contains(1) => AS_IT_WAS,
        [first, second] if [first, second].iter().any(|shown| shown.to_string().contains('3')) => {
            GHOST
        }
        [_, 21] => GHOST,
        _ => WRONG,
    }
}
