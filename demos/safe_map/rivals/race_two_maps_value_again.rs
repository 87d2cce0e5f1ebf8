//! A settled key is read twice while a store and a removal take its values away and give them back.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

outcomes! {
    UNCHANGED: Allowed required, "the reader found the same twice";
    NEWER: Allowed required, "the reader found one value, and then a newer one, or none";
    MADE_UP: Forbidden, "the reader found what nobody had stored, or went back in time";
    LOST: Forbidden, "a value was not given back, or is still there";
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
        actor("writer", |map, saw| {
            map.store(0, 20);
            saw.note(map.remove(&0).unwrap_or(0));
        }),
        actor("reader", |map, saw| {
            // No value comes last.
            saw.note(map.get(&0).unwrap_or(30));
            saw.note(map.get(&0).unwrap_or(30));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        _ if map.get(&0).is_some() => LOST,
        ([20], [10 | 20 | 30, _]) if saws[1].get(0) == saws[1].get(1) => UNCHANGED,
        ([20], [10, 20 | 30] | [20, 30]) => NEWER,
        ([20], _) => MADE_UP,
        _ => LOST,
    }
}
