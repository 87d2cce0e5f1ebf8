//! A writer takes the table back twice, with a new one after each time, while a reader reads twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{GIVEN_BACK, Map};

outcomes! {
    UNCHANGED: Allowed required, "the reader found one table twice, or none at some time";
    REPLACED: Allowed required, "the reader found one table, and then a newer one";
    USED_AFTER_ALL: Forbidden, "the reader used what was given back";
    BACK_IN_TIME: Forbidden, "the reader found a table, and then an older one";
    NO_TABLE: Forbidden, "the reader read what was in no table";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(8),
    &[
        actor("writer", |map, _| {
            for table in [16, 32] {
                if map.take_back() {
                    map.publish(table);
                }
            }
        }),
        actor("reader", |map, saw| {
            for _ in 0..2 {
                saw.note(map.read().unwrap_or(0));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [first, second] if first == GIVEN_BACK || second == GIVEN_BACK => USED_AFTER_ALL,
        [first, second] if [first, second].iter().any(|seen| ![0, 8, 16, 32].contains(seen)) => {
            NO_TABLE
        }
        [first, second] if second != 0 && first > second => BACK_IN_TIME,
        [first, second] if first != 0 && first < second => REPLACED,
        _ => UNCHANGED,
    }
}
