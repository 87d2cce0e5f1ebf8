//! A migrator moves the one old bucket, a writer replaces a value in it, and a reader looks.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    KEPT: Allowed required, "the finished write is what a reader finds afterwards";
    LOST: Forbidden, "the finished write is gone: the key has its old value";
    MISSED: Forbidden, "the reader found no value, or one that was never set";
}

const KEY: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || Map::new([60, 70]),
    &[
        actor("migrator", |map, _| map.evacuate()),
        actor("writer", |map, _| map.set(KEY, 71)),
        actor("reader", |map, saw| saw.note(map.get(KEY))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (map.get(KEY), saws[2].values()) {
        (71, [70 | 71]) => KEPT,
        (71, _) => MISSED,
        _ => LOST,
    }
}
