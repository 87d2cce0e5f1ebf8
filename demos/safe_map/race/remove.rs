//! A key is removed while a reader looks twice: once gone, it stays gone.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    BEFORE: Allowed required, "both looks came first";
    BETWEEN: Allowed required, "the removal came between the looks";
    AFTER: Allowed required, "both looks came later";
    GHOST: Forbidden, "the key was gone, and came back";
    LOST: Forbidden, "the value was neither found nor given back";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        map.insert(0, 10);
        map
    },
    &[
        actor("remover", |map, saw| saw.note(map.remove(&0).unwrap_or(0))),
        actor("reader", |map, saw| {
            saw.note(map.get(&0).unwrap_or(0));
            saw.note(map.get(&0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if saws[0].get(0) != Some(10) || !map.is_empty() => LOST,
        [10, 10] => BEFORE,
        [10, 0] => BETWEEN,
        [0, 0] => AFTER,
        _ => GHOST,
    }
}
