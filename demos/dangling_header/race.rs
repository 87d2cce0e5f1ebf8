//! A writer replaces the header while a reader uses it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{FREED, Map};

outcomes! {
    OLD_HEADER: Allowed required, "the reader came first, and used the old header in time";
    NEW_HEADER: Allowed required, "the reader came after the change";
    FREED_HEADER: Forbidden, "the reader used a header that had been freed";
    TORN_HEADER: Forbidden, "half of one header, half of another";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(1, 8),
    &[
        actor("writer", |map, _| map.replace(2, 16)),
        actor("reader", |map, saw| {
            let (array, length) = map.read();
            saw.note(array);
            saw.note(length);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [1, 8] => OLD_HEADER,
        [2, 16] => NEW_HEADER,
        [FREED, _] | [_, FREED] => FREED_HEADER,
        _ => TORN_HEADER,
    }
}
