//! A migrator moves the bucket and comes back; a writer writes twice, and looks each time.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    KEPT: Allowed required, "each write is what is found, at once and afterwards";
    LOST: Forbidden, "the later write is gone: the key has an older value";
    MISSED: Forbidden, "the writer did not find what it had written a moment ago";
}

const KEY: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || Map::new([60, 70]),
    &[
        actor("migrator", |map, _| {
            map.evacuate();
            map.evacuate();
        }),
        actor("writer", |map, saw| {
            for value in [71, 72] {
                map.set(KEY, value);
                saw.note(map.get(KEY));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (map.get(KEY), saws[1].values()) {
        (72, [71, 72]) => KEPT,
        (72, _) => MISSED,
        _ => LOST,
    }
}
