//! A key is read and stored to while the misses of two threads make the locked map the settled one.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    BEFORE: Allowed required, "both reads came first";
    BETWEEN: Allowed required, "the store came between the reads";
    AFTER: Allowed required, "both reads came later";
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
            map.insert(0, 2);
            saw.note(map.get(&1).unwrap_or(0));
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
        _ if (map.get(&0), map.len(), saws[0].get(0)) != (Some(2), 1, Some(0)) => LOST,
        [1, 1] => BEFORE,
        [1, 2] => BETWEEN,
        [2, 2] => AFTER,
        _ => MISSED,
    }
}
