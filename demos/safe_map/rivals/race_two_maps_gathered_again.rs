//! What two writers have replaced is given back together, by whoever comes second, and both look.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    REPLACED: Allowed required, "the value was replaced, and then removed";
    INSERTED: Allowed required, "the value was removed, and then there was a new one";
    MADE_UP: Forbidden, "somebody found what nobody had stored, or what was gone";
    LOST: Forbidden, "a value was not given back, or is still there";
}

pub const RACE: Race<Map> = Race::new(
    || {
        // One place for both threads, and two values are given back together.
        let map = TwoMaps::with_slots_batch_and_hasher(1, 2, Steered::default());
        map.store(0, 10);
        // Counting promotes: key 0 is settled, and two maps are given back.
        map.len();
        map
    },
    &[
        actor("writer", |map, saw| {
            saw.note(map.insert(0, 20).unwrap_or(0));
            saw.note(map.get(&0).unwrap_or(0));
        }),
        actor("remover", |map, saw| {
            saw.note(map.get(&0).unwrap_or(0));
            saw.note(map.remove(&0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values(), map.get(&0)) {
        ([10, 0 | 20], [10 | 20, 20], None) => REPLACED,
        ([0, 20], [10, 10], Some(20)) => INSERTED,
        ([10, _], [_, 20], None) | ([0, _], [_, 10], Some(20)) => MADE_UP,
        _ => LOST,
    }
}
