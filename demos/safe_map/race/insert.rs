//! Two writers store under one key while the table has to grow, and a reader wants its neighbour.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    LEFT_LAST: Allowed required, "the right writer came first and the left one got its value back";
    RIGHT_LAST: Allowed required, "the left writer came first and the right one got its value back";
    MISSED: Forbidden, "the reader missed a key that is there all the time";
    LOST: Forbidden, "a stored value is neither in the map nor was it given back";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("left", |map, saw| saw.note(map.insert(0, 10).unwrap_or(0))),
        actor("right", |map, saw| saw.note(map.insert(0, 20).unwrap_or(0))),
        actor("reader", |map, saw| saw.note(map.get(&2).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

/// The first shard is full: six entries fill the smallest table.
fn memory() -> Map {
    let map = SafeMap::with_shards_and_hasher(2, Steered::default());
    for key in [2, 4, 6, 8, 10, 12] {
        map.insert(key, key * 10);
    }
    map
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let [left, right, read] = [0, 1, 2].map(|actor| saws[actor].get(0));
    match (left, right, map.get(&0)) {
        _ if read != Some(20) || map.len() != 7 => MISSED,
        (Some(20), Some(0), Some(10)) => LEFT_LAST,
        (Some(0), Some(10), Some(20)) => RIGHT_LAST,
        _ => LOST,
    }
}
