//! A settled key is read while a store takes its value away and gives it back: not too soon.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    OLD: Allowed required, "the reader found the value before";
    NEW: Allowed required, "the reader found the stored value";
    MADE_UP: Forbidden, "the reader found what nobody had stored";
    LOST: Forbidden, "the stored value is not in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        // One place for both threads, and each value is given back at once.
        let map = TwoMaps::with_slots_batch_and_hasher(1, 1, Steered::default());
        map.store(0, 10);
        // Counting promotes: key 0 is settled.
        map.len();
        map
    },
    &[
        actor("writer", |map, _| map.store(0, 20)),
        actor("reader", |map, saw| saw.note(map.get(&0).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if map.get(&0) != Some(20) => LOST,
        [10] => OLD,
        [20] => NEW,
        _ => MADE_UP,
    }
}
