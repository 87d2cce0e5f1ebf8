//! A key is read and stored to twice while the misses of two threads promote the locked map.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    UNCHANGED: Allowed required, "the reader found one value twice";
    NEWER: Allowed required, "the reader found one value, and then a newer one";
    MISSED: Forbidden, "a key that is there all the time was missed, or went back to its old value";
    LOST: Forbidden, "the stored value is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = TwoMaps::with_hasher(Steered::default());
        // A new key is in the locked map only: the first read of it is a miss, and one is enough.
        map.insert(0, 1);
        map
    },
    &[
        actor("writer", |map, saw| {
            for value in [2, 3] {
                map.insert(0, value);
                saw.note(map.get(&1).unwrap_or(0));
            }
        }),
        actor("reader", |map, saw| {
            saw.note(map.get(&0).unwrap_or(0));
            saw.note(map.get(&0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if (map.get(&0), map.len(), saws[0].values()) != (Some(3), 1, &[0, 0]) => LOST,
        [1..=3, after] if saws[1].get(0) == Some(after) => UNCHANGED,
        [before @ (1 | 2), after] if before < after => NEWER,
        _ => MISSED,
    }
}
