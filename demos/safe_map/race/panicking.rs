//! An update panics half way: whoever reads finds the whole old value, or none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

/// The halves of a value must be equal.
type Map = SafeMap<u64, (u64, u64), Steered>;

outcomes! {
    WHOLE: Allowed required, "the reader came first: the whole old value";
    GONE: Allowed required, "the reader came later: the entry is removed";
    HALF: Forbidden, "the reader saw half an update";
    KEPT: Forbidden, "the half updated value is still in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        map.insert(0, (1, 1));
        map
    },
    &[
        actor("updater", |map, _| {
            let update = || {
                map.update(&0, |value| {
                    value.0 = 2;
                    panic!("before the other half");
                })
            };
            let ended = catch_unwind(AssertUnwindSafe(update));
            assert!(ended.is_err(), "the panic goes on to the caller");
        }),
        actor("reader", |map, saw| {
            let (left, right) = map.get(&0).unwrap_or((0, 0));
            saw.note(left);
            saw.note(right);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if map.contains_key(&0) || !map.is_empty() => KEPT,
        [1, 1] => WHOLE,
        [0, 0] => GONE,
        _ => HALF,
    }
}
