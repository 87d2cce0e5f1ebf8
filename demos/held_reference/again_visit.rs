//! Two visitors, each of whom visits both shards, looks from each into the other, and pays in.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BOTH_SEEN: Allowed required, "each visitor was shown values that were there";
    WRONG_VALUE: Forbidden, "a visitor was shown a value that was never there";
}

/// In the first shard and in the second.
const LEFT: usize = 0;
const RIGHT: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || {
        let map = Map::new();
        map.add(LEFT, 10);
        map.add(RIGHT, 10);
        map
    },
    &[
        actor("visitor", |map, saw| {
            map.visit(LEFT, |left| saw.note(left + map.get(RIGHT)));
            map.add(RIGHT, 5);
            map.visit(RIGHT, |right| saw.note(right + map.get(LEFT)));
        }),
        actor("other", |map, saw| {
            map.visit(RIGHT, |right| saw.note(right + map.get(LEFT)));
            map.add(LEFT, 5);
            map.visit(LEFT, |left| saw.note(left + map.get(RIGHT)));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let seen = |saw: &Saw| matches!(saw.values(), [20 | 25, 25 | 30]);
    let kept = (map.get(LEFT), map.get(RIGHT)) == (15, 15);
    if kept && saws.iter().all(seen) { BOTH_SEEN } else { WRONG_VALUE }
}
