//! A settled key is read twice while a new key and its promotion take two settled maps away.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    FOUND: Allowed required, "the reader found the key, in whichever map";
    MISSED: Forbidden, "a key that is there all the time was missed";
    LOST: Forbidden, "the new key is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        // One place for both threads, and two maps are given back together.
        let map = TwoMaps::with_slots_batch_and_hasher(1, 2, Steered::default());
        map.store(0, 10);
        // Counting promotes: key 0 is settled.
        map.len();
        map
    },
    &[
        actor("writer", |map, saw| {
            map.store(1, 20);
            saw.note(map.len() as u64);
        }),
        actor("reader", |map, saw| {
            saw.note(map.get(&0).unwrap_or(0));
            saw.note(map.get(&0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([2], [10, 10]) if map.get(&1) == Some(20) => FOUND,
        ([2], _) => MISSED,
        _ => LOST,
    }
}
