//! A writer takes a table back while a reader reads it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{GIVEN_BACK, Map};

outcomes! {
    READ_IN_TIME: Allowed required, "the reader had gone when the table was given back";
    LEFT_ALONE: Allowed required, "the writer saw the reader, and left the table alone";
    HIDDEN: Allowed required, "the reader found no table, and it was given back";
    BOTH_GAVE_WAY: Allowed, "each saw the other: nothing was read, and nothing given back";
    USED_AFTER_ALL: Forbidden, "neither saw the other: the reader used what was given back";
    NO_TABLE: Forbidden, "the reader read what was in no table";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(8),
    &[
        actor("writer", |map, saw| saw.note(map.take_back().into())),
        actor("reader", |map, saw| saw.note(map.read().unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (_, [GIVEN_BACK]) => USED_AFTER_ALL,
        ([1], [8]) => READ_IN_TIME,
        ([0], [8]) => LEFT_ALONE,
        ([1], [0]) => HIDDEN,
        ([0], [0]) => BOTH_GAVE_WAY,
        _ => NO_TABLE,
    }
}
