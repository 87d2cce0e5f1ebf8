//! A mover grows a set, shrinks it and grows it again; an iterator, which may repeat a key, goes
//! through it twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;

outcomes! {
    EACH_ONCE: Allowed required, "each key was shown once each time";
    AGAIN: Allowed required, "each key was shown each time, and one of them again";
    NEVER: Forbidden, "a key that was there all the time was not shown";
}

const KEYS: [u64; 3] = [1, 2, 3];

pub const RACE: Race<Set> = Race::new(
    || Set::new(&KEYS, 2),
    &[
        actor("mover", |set, _| [4, 2, 4].iter().for_each(|&buckets| set.rehash(buckets))),
        actor("iterator", |set, saw| {
            saw.note(shown(set));
            saw.note(shown(set));
        }),
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
    let times = |digits: &u64| {
        let digits = digits.to_string();
        KEYS.map(|key| digits.matches(&key.to_string()).count())
    };
    let times: Vec<[usize; 3]> = saws[1].values().iter().map(times).collect();
    match times.as_slice() {
        [[1, 1, 1], [1, 1, 1]] => EACH_ONCE,
        _ if times.concat().contains(&0) => NEVER,
        _ => AGAIN,
    }
}
