//! Two keys are removed one after the other while a reader looks twice: once gone, they stay gone.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    BEFORE: Allowed required, "both keys were there, both times";
    ON_THE_WAY: Allowed required, "a removal came before the second look";
    AFTER: Allowed required, "both keys were gone, both times";
    GHOST: Forbidden, "a key was gone, and came back, or the later one was gone first";
    LOST: Forbidden, "a value was neither found nor given back";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        // In one shard and in the other.
        map.insert(0, 10);
        map.insert(1, 20);
        map
    },
    &[
        actor("remover", |map, saw| {
            saw.note(map.remove(&0).unwrap_or(0));
            saw.note(map.remove(&1).unwrap_or(0));
        }),
        actor("reader", |map, saw| {
            // The later removal first: a reader that misses key 1 must miss key 0 as well.
            for _ in 0..2 {
                saw.note(map.get(&1).unwrap_or(0));
                saw.note(map.get(&0).unwrap_or(0));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if saws[0].values() != [10, 20] || !map.is_empty() => LOST,
        [20, 10, 20, 10] => BEFORE,
        [0, 0, 0, 0] => AFTER,
        [20, 10, 20, 0] | [20, 10, 0, 0] | [20, 0, 20, 0] | [20, 0, 0, 0] => ON_THE_WAY,
        _ => GHOST,
    }
}
