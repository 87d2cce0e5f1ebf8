//! Updates of two keys panic half way: whoever reads finds whole old values, or none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

/// The halves of a value must be equal.
type Map = SafeMap<u64, (u64, u64), Steered>;

outcomes! {
    WHOLE: Allowed required, "the reader came first: both whole old values";
    GONE: Allowed required, "the reader came later: both entries are removed";
    ONE_GONE: Allowed required, "the reader came in between";
    HALF: Forbidden, "the reader saw half an update, or the later one first";
    KEPT: Forbidden, "a half updated value is still in the map";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = SafeMap::with_shards_and_hasher(2, Steered::default());
        // Both in the first shard.
        map.insert(0, (1, 1));
        map.insert(2, (1, 1));
        map
    },
    &[
        actor("updater", |map, _| {
            for key in [0, 2] {
                let update = || {
                    map.update(&key, |value| {
                        value.0 = 2;
                        panic!("before the other half");
                    })
                };
                let ended = catch_unwind(AssertUnwindSafe(update));
                assert!(ended.is_err(), "the panic goes on to the caller");
            }
        }),
        actor("reader", |map, saw| {
            // The later update first: a reader that misses key 2 must miss key 0 as well.
            for key in [2, 0] {
                let (left, right) = map.get(&key).unwrap_or((0, 0));
                saw.note(left);
                saw.note(right);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        _ if !map.is_empty() => KEPT,
        [1, 1, 1, 1] => WHOLE,
        [1, 1, 0, 0] => ONE_GONE,
        [0, 0, 0, 0] => GONE,
        _ => HALF,
    }
}
