//! A migrator moves a bucket of two entries, which happens once, while a reader looks for each.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    FOUND: Allowed required, "the reader found both keys, in the old bucket or in the new ones";
    MISSED: Forbidden, "a key that was there all the time was not found";
    WRONG_VALUE: Forbidden, "a key was found with a value that is not its own";
    LOST: Forbidden, "a key has gone for good";
}

/// Growing moves the odd one to the second of the new buckets, and the even one to the first.
const KEYS: [u64; 2] = [7, 8];

pub const RACE: Race<Map> = Race::new(
    || Map::new(&KEYS.map(|key| (key, 10 * key))),
    &[
        actor("migrator", |map, _| map.evacuate(0)),
        actor("reader", |map, saw| {
            KEYS.iter().for_each(|&key| saw.note(map.get(key).unwrap_or(0)));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        _ if KEYS.iter().any(|&key| map.get(key) != Some(10 * key)) => LOST,
        [70, 80] => FOUND,
        [0, _] | [_, 0] => MISSED,
        _ => WRONG_VALUE,
    }
}
