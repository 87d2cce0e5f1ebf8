//! Two writers find a full shard, and one of them cuts it, while a reader wants what was in it.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    KEPT: Allowed required, "all keys are there, and the reader found its own";
    MISSED: Forbidden, "the reader missed a key that is there all the time";
    LOST: Forbidden, "a key that was stored is not there, or is counted twice";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("left", |map, saw| saw.note(map.insert(0, 10).unwrap_or(0))),
        actor("right", |map, saw| saw.note(map.insert(1, 20).unwrap_or(0))),
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
    let there = [0, 1, 2, 3, 4].map(|key| map.get(&key));
    if there != [10, 20, 20, 30, 40].map(Some) || map.len() != 8 || map.shard_count() != 2 {
        return LOST;
    }
    if saws[2].get(0) == Some(20) { KEPT } else { MISSED }
}
