//! A migrator moves the one old bucket while a writer replaces the value of a key.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    KEPT: Allowed required, "the finished write is what a reader finds";
    LOST: Forbidden, "the finished write is gone: the key has its old value";
}

/// Odd: growing moves it to the second of the new buckets.
const KEY: u64 = 7;

pub const RACE: Race<Map> = Race::new(
    || Map::new(&[(KEY, 70)]),
    &[
        actor("migrator", |map, _| map.evacuate(0)),
        actor("writer", |map, _| map.set(KEY, 71)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, _: &[Saw]) -> Outcome {
    if map.get(KEY) == Some(71) { KEPT } else { LOST }
}
