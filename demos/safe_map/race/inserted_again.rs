//! Two values are inserted while another thread asks twice for one to be computed: the last stays.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    OVERRULED: Allowed required, "inserted during the computation: its caller alone has the result";
    REPLACED: Allowed required, "inserted after the computation: it got the computed value back";
    FOUND: Allowed required, "inserted before: nothing was computed";
    LOST: Forbidden, "the value inserted last is not in the map, or not alone";
    CAME_BACK: Forbidden, "a caller was given a value that had been replaced before";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("computer", |map, saw| {
            saw.note(map.get_or_insert_with(0, || 10));
            saw.note(map.get_or_insert_with(0, || 11));
        }),
        actor("inserter", |map, saw| {
            saw.note(map.insert(0, 20).unwrap_or(0));
            saw.note(map.insert(0, 21).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        _ if map.snapshot() != [(0, 21)] => LOST,
        ([10, 20 | 21], [0, 20]) => OVERRULED,
        ([10, 10 | 20 | 21], [10, 20]) => REPLACED,
        ([20, 20 | 21] | [21, 21], [0, 20]) => FOUND,
        (_, [0 | 10, 20]) => CAME_BACK,
        _ => LOST,
    }
}
