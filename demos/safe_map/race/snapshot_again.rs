//! Two scans visit two shards while a writer fills them: each shard is seen at one moment.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    UNCHANGED: Allowed required, "both scans show the same";
    GROWN: Allowed required, "the second scan shows more";
    SECOND: Interesting, "the second insert without the first: a state that never was";
    BACK_IN_TIME: Forbidden, "a key was seen, and then it was not";
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
            saw.note(seen(map.snapshot()));
            saw.note(seen(map.snapshot()));
        }),
    ],
    outcome,
    OUTCOMES,
);

/// A bit for each of the two entries; 4 for anything else.
fn seen(entries: Vec<(u64, u64)>) -> u64 {
    match entries[..] {
        [] => 0,
        [(0, 10)] => 1,
        [(1, 20)] => 2,
        [(0, 10), (1, 20)] => 3,
        _ => 4,
    }
}

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [4, _] | [_, 4] => MADE_UP,
        [before, after] if before & after != before => BACK_IN_TIME,
        [2, _] | [_, 2] => SECOND,
        [before, after] if before != after => GROWN,
        _ => UNCHANGED,
    }
}
