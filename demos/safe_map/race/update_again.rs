//! Two threads count up one value twice, each in its own way: no update is lost.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    COUNTED: Allowed required, "each of the four counts was somebody's";
    LOST: Forbidden, "two threads counted twice and the value went up by less than four";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        map.insert(0, 0);
        map
    },
    &[
        actor("in_place", |map, saw| {
            for _ in 0..2 {
                let counted = map.update(&0, |count| {
                    *count += 1;
                    *count
                });
                saw.note(counted.unwrap_or(0));
            }
        }),
        actor("aside", |map, saw| {
            for _ in 0..2 {
                let before = map.replace_with(&0, |count| count + 1);
                saw.note(before.map_or(0, |before| before + 1));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let mut counts = [saws[0].values(), saws[1].values()].concat();
    counts.sort();
    if counts == [1, 2, 3, 4] && map.get(&0) == Some(4) { COUNTED } else { LOST }
}
