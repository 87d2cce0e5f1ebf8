//! A migrator moves the bucket and comes back, a writer writes twice, and a reader looks twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    KEPT: Allowed required, "the later write is what a reader finds afterwards";
    LOST: Forbidden, "the later write is gone: the key has an older value";
    MISSED: Forbidden, "the reader found no value, or one that was never set";
    TAKEN_BACK: Forbidden, "the reader found a value, and then an older one";
}

const KEY: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || Map::new([60, 70]),
    &[
        actor("migrator", |map, _| {
            map.evacuate();
            map.evacuate();
        }),
        actor("writer", |map, _| {
            map.set(KEY, 71);
            map.set(KEY, 72);
        }),
        actor("reader", |map, saw| {
            saw.note(map.get(KEY));
            saw.note(map.get(KEY));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (map.get(KEY), saws[2].values()) {
        (72, [one @ 70..=72, other @ 70..=72]) if one <= other => KEPT,
        (72, [70..=72, 70..=72]) => TAKEN_BACK,
        (72, _) => MISSED,
        _ => LOST,
    }
}
