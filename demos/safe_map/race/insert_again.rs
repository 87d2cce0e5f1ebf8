//! Two writers store twice each under one key while the table has to grow; a reader wants neighbours.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    GIVEN_BACK: Allowed required, "every stored value was given back, but the one that is there";
    MISSED: Forbidden, "the reader missed a key that is there all the time";
    LOST: Forbidden, "a stored value is neither in the map nor was it given back";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("left", |map, saw| store(map, saw, [10, 11])),
        actor("right", |map, saw| store(map, saw, [20, 21])),
        actor("reader", |map, saw| {
            saw.note(map.get(&2).unwrap_or(0));
            saw.note(map.get(&4).unwrap_or(0));
        }),
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

fn store(map: &Map, saw: &mut Saw, values: [u64; 2]) {
    values.into_iter().for_each(|value| saw.note(map.insert(0, value).unwrap_or(0)));
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    if saws[2].values() != [20, 40] || map.len() != 7 {
        return MISSED;
    }
    let mut values = [saws[0].values(), saws[1].values()].concat();
    values.push(map.get(&0).unwrap_or(0));
    values.sort();
    if values == [0, 10, 11, 20, 21] { GIVEN_BACK } else { LOST }
}
