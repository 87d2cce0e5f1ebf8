//! A shard is cut while the value of one of its keys is being computed.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    ABSENT: Allowed required, "the writer looked before the value was stored";
    THERE: Allowed required, "the writer found the computed value";
    LOST: Forbidden, "the computed value, or another, is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("computer", |map, saw| saw.note(map.get_or_insert_with(0, || 7))),
        actor("writer", |map, saw| {
            map.insert(1, 20);
            saw.note(map.get(&0).unwrap_or(0));
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
    let there = [0, 1, 2, 3, 4].map(|key| map.get(&key));
    match (saws[0].get(0), saws[1].get(0)) {
        _ if there != [7, 20, 20, 30, 40].map(Some) || map.len() != 8 => LOST,
        (Some(7), Some(0)) => ABSENT,
        (Some(7), Some(7)) => THERE,
        _ => LOST,
    }
}
