//! A removed key gets a value twice just when new keys have the map copied without it.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    KEPT: Allowed required, "all values are there, also after the next promotion";
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
        actor("reviver", |map, _| {
            map.insert(0, 10);
            map.insert(0, 11);
        }),
        actor("newcomer", |map, _| {
            map.insert(1, 20);
            map.insert(2, 30);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, _: &[Saw]) -> Outcome {
    let values = || [0, 1, 2].map(|key| map.get(&key));
    let before = values();
    let kept = map.len() == 3 && before == [Some(11), Some(20), Some(30)] && values() == before;
    if kept { KEPT } else { LOST }
}
