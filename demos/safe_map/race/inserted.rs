//! A value is inserted while another thread computes one for the same key: the inserted one stays.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    OVERRULED: Allowed required, "inserted during the computation: each caller has its own value";
    REPLACED: Allowed required, "inserted after the computation: it got the computed value back";
    FOUND: Allowed required, "inserted before: nothing was computed";
    LOST: Forbidden, "the inserted value is not in the map, or not alone";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("computer", |map, saw| saw.note(map.get_or_insert_with(0, || 10))),
        actor("inserter", |map, saw| saw.note(map.insert(0, 20).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].get(0), saws[1].get(0)) {
        _ if map.snapshot() != [(0, 20)] => LOST,
        (Some(10), Some(0)) => OVERRULED,
        (Some(10), Some(10)) => REPLACED,
        (Some(20), Some(0)) => FOUND,
        _ => LOST,
    }
}
