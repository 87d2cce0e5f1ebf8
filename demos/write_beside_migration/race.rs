//! A migrator moves the one old bucket, and a writer replaces a value in it, then looks at it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    KEPT: Allowed required, "the finished write is what is found, at once and afterwards";
    LOST: Forbidden, "the finished write is gone: the key has its old value";
    MISSED: Forbidden, "the writer did not find what it had written a moment ago";
}

const KEY: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || Map::new([60, 70]),
    &[
        actor("migrator", |map, _| map.evacuate()),
        actor("writer", |map, saw| {
            map.set(KEY, 71);
            saw.note(map.get(KEY));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (map.get(KEY), saws[1].values()) {
        (71, [71]) => KEPT,
        (71, _) => MISSED,
        _ => LOST,
    }
}
