//! A removed key gets a value again just when a new key has the map copied without it.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    KEPT: Allowed required, "both values are there, also after the next promotion";
    LOST: Forbidden, "a stored value went into a map that was left behind";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = TwoMaps::with_hasher(Steered::default());
        map.insert(0, 1);
        // Counting promotes: key 0 is settled, and then its value removed.
        map.len();
        map.remove(&0);
        map
    },
    &[
        actor("reviver", |map, _| _ = map.insert(0, 10)),
        actor("newcomer", |map, _| _ = map.insert(1, 20)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, _: &[Saw]) -> Outcome {
    let before = (map.get(&0), map.get(&1));
    let count = map.len();
    let after = (map.get(&0), map.get(&1));
    if (before, count) == (after, 2) && after == (Some(10), Some(20)) { KEPT } else { LOST }
}
