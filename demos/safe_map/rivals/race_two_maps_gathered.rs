//! What two writers have replaced is given back together, by whoever comes second, while a reader
//! looks.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    OLD: Allowed required, "the reader found the value before";
    STORED: Allowed required, "the reader found the stored value";
    NONE: Allowed required, "the reader came after the removal";
    MADE_UP: Forbidden, "the reader found what nobody had stored";
    LOST: Forbidden, "a value was not given back, or is still there";
}

pub const RACE: Race<Map> = Race::new(
    || {
        // One place for all threads, and two values are given back together.
        let map = TwoMaps::with_slots_batch_and_hasher(1, 2, Steered::default());
        map.store(0, 10);
        // Counting promotes: key 0 is settled, and two maps are given back.
        map.len();
        map
    },
    &[
        actor("writer", |map, saw| saw.note(map.insert(0, 20).unwrap_or(0))),
        actor("remover", |map, saw| saw.note(map.remove(&0).unwrap_or(0))),
        actor("reader", |map, saw| saw.note(map.get(&0).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let [replaced, removed, read] = [0, 1, 2].map(|actor| saws[actor].get(0).unwrap_or(0));
    match (replaced, removed, map.get(&0)) {
        (10, 20, None) | (0, 10, Some(20)) => match read {
            10 => OLD,
            20 => STORED,
            0 => NONE,
            _ => MADE_UP,
        },
        _ => LOST,
    }
}
