//! A reader wants a key that is there all the time, while a writer cuts its shard.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    KEPT: Allowed required, "the reader found the key";
    MISSED: Forbidden, "the reader missed a key that is there all the time";
    LOST: Forbidden, "a key that was stored is not there";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("writer", |map, saw| saw.note(map.insert(1, 10).unwrap_or(0))),
        actor("reader", |map, saw| saw.note(map.get(&2).unwrap_or(0))),
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
    match ([1, 2, 3, 4].map(|key| map.get(&key)), saws[1].get(0)) {
        ([Some(10), Some(20), Some(30), Some(40)], Some(20)) => KEPT,
        ([Some(10), Some(20), Some(30), Some(40)], _) => MISSED,
        _ => LOST,
    }
}
