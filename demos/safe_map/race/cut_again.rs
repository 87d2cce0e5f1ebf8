//! Two writers find a full shard, and store twice each while one of them cuts it.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    LEFT_LAST: Allowed required, "the right writer stored first under the key of both";
    RIGHT_LAST: Allowed required, "the left writer stored first under the key of both";
    LOST: Forbidden, "a key that was stored is not there, or its value was not given back";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("left", |map, saw| {
            saw.note(map.insert(0, 10).unwrap_or(0));
            saw.note(map.insert(1, 11).unwrap_or(0));
        }),
        actor("right", |map, saw| {
            saw.note(map.insert(1, 21).unwrap_or(0));
            saw.note(map.insert(5, 25).unwrap_or(0));
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
    let there = [0, 2, 3, 4, 5].map(|key| map.get(&key));
    if there != [10, 20, 30, 40, 25].map(Some) || map.len() != 9 {
        return LOST;
    }
    match (saws[0].values(), saws[1].values(), map.get(&1)) {
        ([0, 21], [0, 0], Some(11)) => LEFT_LAST,
        ([0, 0], [11, 0], Some(21)) => RIGHT_LAST,
        _ => LOST,
    }
}
