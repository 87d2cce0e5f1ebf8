//! A writer puts a value in, and a reader waits for it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Map, NONE};

outcomes! {
    FOUND: Allowed required, "the reader has the value";
    WOKEN_FOR_NOTHING: Forbidden, "the reader went on without a value";
    WRONG_VALUE: Forbidden, "the reader has what nobody put in";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("writer", |map, _| map.put(1, 10)),
        actor("reader", |map, saw| saw.note(map.wait_for(1))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [10] => FOUND,
        [NONE] => WOKEN_FOR_NOTHING,
        _ => WRONG_VALUE,
    }
}
