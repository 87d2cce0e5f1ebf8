//! Two threads store under two missing keys each: of each key exactly one was first.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    SAME: Allowed required, "one thread was first both times";
    PARTED: Allowed required, "each thread was first once";
    WRONG: Forbidden, "a key has two first values or none, or not the one that was told so";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("left", |map, saw| {
            saw.note(map.insert_if_absent(0, 10).is_ok().into());
            saw.note(map.insert_if_absent(1, 10).is_ok().into());
        }),
        actor("right", |map, saw| {
            saw.note(map.insert_if_absent(0, 20).is_ok().into());
            saw.note(map.insert_if_absent(1, 20).is_ok().into());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let first = [0, 1].map(|key| match (saws[0].get(key), saws[1].get(key)) {
        (Some(1), Some(0)) if map.get(&(key as u64)) == Some(10) => 1,
        (Some(0), Some(1)) if map.get(&(key as u64)) == Some(20) => 2,
        _ => 0,
    });
    match first {
        [0, _] | [_, 0] => WRONG,
        [one, other] if one == other => SAME,
        _ => PARTED,
    }
}
