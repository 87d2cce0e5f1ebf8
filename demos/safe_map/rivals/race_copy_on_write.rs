//! Two writers copy one map at the same time: neither may throw away what the other has added.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::CopyOnWrite;

type Map = CopyOnWrite<u64, u64, Steered>;

outcomes! {
    NONE: Allowed required, "the reader's snapshot is from before the writes";
    ONE: Allowed required, "the reader's snapshot is from between the writes";
    BOTH: Allowed required, "the reader's snapshot is from after the writes";
    LOST: Forbidden, "one write has thrown the other away";
    CHANGED: Forbidden, "a snapshot changed while it was held";
}

pub const RACE: Race<Map> = Race::new(
    || CopyOnWrite::with_slots_and_hasher(1, Steered::default()),
    &[
        actor("left", |map, _| _ = map.insert(0, 10)),
        actor("right", |map, _| _ = map.insert(1, 20)),
        actor("reader", |map, saw| {
            let snapshot = map.snapshot();
            saw.note(snapshot.len() as u64);
            saw.note(snapshot.values().count() as u64);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[2].values() {
        _ if (map.get(&0), map.get(&1)) != (Some(10), Some(20)) => LOST,
        [0, 0] => NONE,
        [1, 1] => ONE,
        [2, 2] => BOTH,
        _ => CHANGED,
    }
}
