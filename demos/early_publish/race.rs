//! A loader announces a map while a reader asks for its header.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    NOT_LOADED: Allowed required, "the reader came first, and was told so";
    LOADED: Allowed required, "the loader came first: the whole header";
    NO_HEADER: Forbidden, "the flag says loaded, and the header is not there";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("loader", |map, _| map.load(1, 8)),
        actor("reader", |map, saw| {
            if let Some((array, length)) = map.header() {
                saw.note(array);
                saw.note(length);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => NOT_LOADED,
        [1, 8] => LOADED,
        _ => NO_HEADER,
    }
}
