//! Two writers copy one map twice each: neither may throw away what the other has added.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::CopyOnWrite;

type Map = CopyOnWrite<u64, u64, Steered>;

outcomes! {
    ONE_BY_ONE: Allowed required, "one writer had done before the other began";
    MIXED: Allowed required, "each wrote between the writes of the other, or nearly";
    LOST: Forbidden, "one write has thrown another away";
    SHRUNK: Forbidden, "a snapshot shows less than its own writer has written";
}

pub const RACE: Race<Map> = Race::new(
    || CopyOnWrite::with_slots_and_hasher(1, Steered::default()),
    &[
        actor("left", |map, saw| {
            map.insert(0, 10);
            map.insert(1, 20);
            saw.note(map.snapshot().len() as u64);
        }),
        actor("right", |map, saw| {
            map.insert(2, 30);
            saw.note(map.snapshot().len() as u64);
            map.insert(3, 40);
            saw.note(map.snapshot().len() as u64);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let all = [0, 1, 2, 3].map(|key| map.get(&key));
    match (saws[0].values(), saws[1].values()) {
        _ if all != [Some(10), Some(20), Some(30), Some(40)] => LOST,
        ([2], [3, 4]) | ([4], [1, 2]) => ONE_BY_ONE,
        ([2..=4], [1..=3, 2..=4]) => MIXED,
        _ => SHRUNK,
    }
}
