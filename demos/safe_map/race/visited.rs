//! A shard is cut while somebody goes through the map.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    BEFORE: Allowed required, "the new key is not seen";
    AFTER: Allowed required, "the new key is seen";
    MISSED: Forbidden, "a key that is there all the time is not seen once";
    LOST: Forbidden, "a key that was stored is not there";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("writer", |map, _| _ = map.insert(1, 10)),
        actor("visitor", |map, saw| saw.note(seen(map))),
    ],
    outcome,
    OUTCOMES,
);

/// One shard, and six entries fill it: the next key has it cut into one for the even keys and one for
/// the odd.
fn memory() -> Map {
    let map = SafeMap::with_shards_and_hasher(1, Steered::default()).cut_at(6, 2);
    for key in [2, 3, 4, 6, 7, 8] {
        map.insert(key, 10);
    }
    map
}

/// A decimal digit for each key: how often it is seen.
fn seen(map: &Map) -> u64 {
    let mut seen = 0;
    map.for_each(|key, _| seen += 10u64.pow(*key as u32));
    seen
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].get(0) {
        _ if seen(map) != 111_011_110 || map.len() != 7 => LOST,
        Some(111_011_100) => BEFORE,
        Some(111_011_110) => AFTER,
        _ => MISSED,
    }
}
