//! A scan visits two shards while a writer fills them: each is seen at one moment, not both at one.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    NONE: Allowed required, "the scan came first";
    FIRST: Allowed required, "the scan came between the inserts";
    BOTH: Allowed required, "the scan came last";
    SECOND: Interesting, "the second insert without the first: a state that never was";
    MADE_UP: Forbidden, "a key or value that nobody inserted, or one twice";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("writer", |map, _| {
            // Key 0 lives in the shard that is scanned first, key 1 in the other.
            map.insert(0, 10);
            map.insert(1, 20);
        }),
        actor("scanner", |map, saw| {
            for (key, value) in map.snapshot() {
                saw.note(key + value);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [] => NONE,
        [10] => FIRST,
        [21] => SECOND,
        [10, 21] => BOTH,
        _ => MADE_UP,
    }
}
