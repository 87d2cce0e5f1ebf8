//! Two threads count up one value, each in its own way: no update is lost.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    IN_PLACE_FIRST: Allowed required, "`update` counted first";
    ASIDE_FIRST: Allowed required, "`replace_with` counted first";
    LOST: Forbidden, "two threads counted and the value went up by less than two";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        map.insert(0, 0);
        map
    },
    &[
        actor("in_place", |map, saw| {
            let counted = map.update(&0, |count| {
                *count += 1;
                *count
            });
            saw.note(counted.unwrap_or(0));
        }),
        actor("aside", |map, saw| {
            let before = map.replace_with(&0, |count| count + 1);
            saw.note(before.map_or(0, |before| before + 1));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].get(0), saws[1].get(0), map.get(&0)) {
        (Some(1), Some(2), Some(2)) => IN_PLACE_FIRST,
        (Some(2), Some(1), Some(2)) => ASIDE_FIRST,
        _ => LOST,
    }
}
