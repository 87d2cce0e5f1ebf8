//! A settled key is read while a promotion takes the settled map away and gives it back: not too soon.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    FOUND: Allowed required, "the reader found the key, in one map or the other";
    MISSED: Forbidden, "a key that is there all the time was missed";
    LOST: Forbidden, "the new key is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        // One place for both threads, and each map is given back at once.
        let map = TwoMaps::with_slots_batch_and_hasher(1, 1, Steered::default());
        map.store(0, 10);
        // Counting promotes: key 0 is settled.
        map.len();
        // The locked map has two keys: it is promoted with the second miss.
        map.store(1, 20);
        map.get(&2);
        map
    },
    &[
        actor("promoter", |map, saw| saw.note(map.get(&1).unwrap_or(0))),
        actor("reader", |map, saw| saw.note(map.get(&0).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([20], [10]) if map.len() == 2 => FOUND,
        ([20], _) => MISSED,
        _ => LOST,
    }
}
