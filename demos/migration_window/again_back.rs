//! A migrator moves the one old bucket, back, and once more, while a reader looks twice for a key.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    FOUND: Allowed required, "the reader found the key both times, in whichever bucket it was";
    MISSED: Forbidden, "a key that was there all the time was not found";
    WRONG_VALUE: Forbidden, "the key was found with a value that is not its own";
    LOST: Forbidden, "the key has gone for good";
}

/// Odd: growing moves it to the second of the new buckets.
const KEY: u64 = 7;
const VALUE: u64 = 70;

pub const RACE: Race<Map> = Race::new(
    || Map::new(&[(KEY, VALUE)]),
    &[
        actor("migrator", |map, _| {
            map.evacuate(0);
            map.reunite(0);
            map.evacuate(0);
        }),
        actor("reader", |map, saw| {
            saw.note(map.get(KEY).unwrap_or(0));
            saw.note(map.get(KEY).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        _ if map.get(KEY) != Some(VALUE) => LOST,
        [VALUE, VALUE] => FOUND,
        [0, _] | [_, 0] => MISSED,
        _ => WRONG_VALUE,
    }
}
