//! A writer replaces the table twice while a reader reads twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{FREED, Map};

outcomes! {
    UNCHANGED: Allowed required, "the reader read one table twice";
    REPLACED: Allowed required, "the reader read one table, and then a newer one";
    FREED_TABLE: Forbidden, "the reader read a table that had been freed";
    BACK_IN_TIME: Forbidden, "the reader read a table, and then an older one";
    NO_MEMORY: Forbidden, "the writer had no memory for another table";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(10),
    &[
        actor("writer", |map, saw| {
            saw.note(map.replace(20).into());
            saw.note(map.replace(30).into());
        }),
        actor("reader", |map, saw| {
            for _ in 0..2 {
                let held = map.enter();
                saw.note(map.look(&held));
                map.leave(held);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (_, seen) if seen.contains(&FREED) => FREED_TABLE,
        ([1, 1], [first, second]) if first == second => UNCHANGED,
        ([1, 1], [first, second]) if first < second => REPLACED,
        ([1, 1], _) => BACK_IN_TIME,
        _ => NO_MEMORY,
    }
}
