//! A writer puts two values in, and two readers wait, each for one of them.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Map, NONE};

outcomes! {
    BOTH_FOUND: Allowed required, "each reader has its value";
    WOKEN_FOR_NOTHING: Forbidden, "a reader went on without a value";
    WRONG_VALUE: Forbidden, "a reader has what is not its own";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("writer", |map, _| {
            map.put(1, 10);
            map.put(2, 20);
        }),
        actor("reader", |map, saw| saw.note(map.wait_for(1))),
        actor("other", |map, saw| saw.note(map.wait_for(2))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match (saws[1].values(), saws[2].values()) {
        ([10], [20]) => BOTH_FOUND,
        ([NONE], _) | (_, [NONE]) => WOKEN_FOR_NOTHING,
        _ => WRONG_VALUE,
    }
}
