//! Two threads ask twice for one missing key: one of them computes once, and all get what it made.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    LEFT_COMPUTED: Allowed required, "the left one computed, the right one waited or came later";
    RIGHT_COMPUTED: Allowed required, "the right one computed, the left one waited or came later";
    TWICE: Forbidden, "the value was computed twice, or never";
    DIFFERENT: Forbidden, "the callers and the map do not hold the same value";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("left", |map, saw| ask_twice(map, saw, 10)),
        actor("right", |map, saw| ask_twice(map, saw, 20)),
    ],
    outcome,
    OUTCOMES,
);

/// Asks for key 0; notes what this thread got, and how often it computed it.
fn ask_twice(map: &Map, saw: &mut Saw, value: u64) {
    let mut computed = 0;
    for _ in 0..2 {
        let got = map.get_or_insert_with(0, || {
            computed += 1;
            value
        });
        saw.note(got);
    }
    saw.note(computed);
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values(), map.get(&0)) {
        (&[.., a], &[.., b], _) if a + b != 1 => TWICE,
        ([10, 10, 1], [10, 10, 0], Some(10)) => LEFT_COMPUTED,
        ([20, 20, 0], [20, 20, 1], Some(20)) => RIGHT_COMPUTED,
        _ => DIFFERENT,
    }
}
