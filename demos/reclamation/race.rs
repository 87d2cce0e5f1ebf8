//! A writer replaces the table twice while a reader reads.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{FREED, Map};

outcomes! {
    FIRST: Allowed required, "the reader read the first table, in time";
    SECOND: Allowed required, "the reader read the second table, in time";
    LAST: Allowed required, "the reader read the last table";
    FREED_TABLE: Forbidden, "the reader read a table that had been freed";
    NO_MEMORY: Forbidden, "the writer had no memory for another table";
    WRONG_TABLE: Forbidden, "the reader read what was in no table";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(10),
    &[
        actor("writer", |map, saw| {
            saw.note(map.replace(20).into());
            saw.note(map.replace(30).into());
        }),
        actor("reader", |map, saw| {
            let held = map.enter();
            saw.note(map.look(&held));
            map.leave(held);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (_, [FREED]) => FREED_TABLE,
        ([1, 1], [10]) => FIRST,
        ([1, 1], [20]) => SECOND,
        ([1, 1], [30]) => LAST,
        ([1, 1], _) => WRONG_TABLE,
        _ => NO_MEMORY,
    }
}
