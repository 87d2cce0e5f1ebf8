//! A shard is cut while two threads want the value of a key that has none, and one computes it.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    FIRST: Allowed required, "the first thread computed, and both have its value";
    SECOND: Allowed required, "the second thread computed, and both have its value";
    TWICE: Forbidden, "both computed";
    LOST: Forbidden, "the computed value, or another, is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("first", |map, saw| {
            saw.note(map.get_or_insert_with(0, || 7));
            map.insert(1, 20);
        }),
        actor("second", |map, saw| {
            map.insert(5, 50);
            saw.note(map.get_or_insert_with(0, || 8));
        }),
    ],
    outcome,
    OUTCOMES,
);

/// One shard, and six entries fill it: the next key has it cut into one for the even keys and one for
/// the odd.
fn memory() -> Map {
    let map = SafeMap::with_shards_and_hasher(1, Steered::default()).cut_at(6, 2);
    for key in [2, 3, 4, 6, 7, 8] {
        map.insert(key, key * 10);
    }
    map
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let there = [1, 2, 3, 4, 5].map(|key| map.get(&key));
    match (saws[0].get(0), saws[1].get(0), map.get(&0)) {
        _ if there != [20, 20, 30, 40, 50].map(Some) || map.len() != 9 => LOST,
        (Some(7), Some(7), Some(7)) => FIRST,
        (Some(8), Some(8), Some(8)) => SECOND,
        (Some(7), Some(8), _) => TWICE,
        _ => LOST,
    }
}
