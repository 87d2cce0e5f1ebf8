//! A loader announces a map, which happens once, while a reader asks twice for its header.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    NOT_LOADED: Allowed required, "the reader came first, both times";
    LOADED_BETWEEN: Allowed required, "there was no map, and then the whole header";
    LOADED: Allowed required, "the whole header, both times";
    NO_HEADER: Forbidden, "the flag says loaded, and the header is not there";
    TAKEN_BACK: Forbidden, "the map was loaded, and then it was not";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("loader", |map, _| map.load(1, 8)),
        actor("reader", |map, saw| {
            for _ in 0..2 {
                let (array, length) = map.header().unwrap_or((u64::MAX, u64::MAX));
                saw.note(array);
                saw.note(length);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [u64::MAX, _, u64::MAX, _] => NOT_LOADED,
        [u64::MAX, _, 1, 8] => LOADED_BETWEEN,
        [1, 8, 1, 8] => LOADED,
        [_, _, u64::MAX, _] => TAKEN_BACK,
        _ => NO_HEADER,
    }
}
