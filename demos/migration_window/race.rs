//! A migrator moves the one old bucket while a reader looks for a key that is always there.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    FOUND: Allowed required, "the reader found the key, in the old bucket or in the new one";
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
        actor("migrator", |map, _| map.evacuate(0)),
        actor("reader", |map, saw| {
            if let Some(value) = map.get(KEY) {
                saw.note(value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        _ if map.get(KEY) != Some(VALUE) => LOST,
        [VALUE] => FOUND,
        [] => MISSED,
        _ => WRONG_VALUE,
    }
}
