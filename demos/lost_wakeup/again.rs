//! A writer puts two values in; a reader waits for the second, and then for the first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Map, NONE};

outcomes! {
    BOTH_FOUND: Allowed required, "the reader has both values";
    WOKEN_FOR_NOTHING: Forbidden, "the reader went on without a value";
    WRONG_VALUE: Forbidden, "the reader has what nobody put in";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("writer", |map, _| {
            map.put(1, 10);
            map.put(2, 20);
        }),
        actor("reader", |map, saw| {
            saw.note(map.wait_for(2));
            saw.note(map.wait_for(1));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [20, 10] => BOTH_FOUND,
        [NONE, _] | [_, NONE] => WOKEN_FOR_NOTHING,
        _ => WRONG_VALUE,
    }
}
