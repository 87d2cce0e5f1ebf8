//! A writer replaces the table three times, and a reader that has come does not leave.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{FREED, Map};

outcomes! {
    WENT_ON: Allowed required, "the writer had memory each time, and the reader its table";
    FREED_TABLE: Forbidden, "the reader's table was freed under it";
    NO_MEMORY: Forbidden, "the writer had no memory for another table";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(10),
    &[
        actor("writer", |map, saw| {
            for value in [20, 30, 40] {
                saw.note(map.replace(value).into());
            }
        }),
        actor("reader", |map, saw| {
            let held = map.enter();
            saw.note(map.look(&held));
            saw.note(map.look(&held));
            // It never leaves: it sleeps, or hangs, or keeps the table for later.
            std::mem::forget(Box::new(held));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (_, seen) if seen.contains(&FREED) => FREED_TABLE,
        ([1, 1, 1], _) => WENT_ON,
        _ => NO_MEMORY,
    }
}
