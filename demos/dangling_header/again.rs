//! A writer replaces the header twice, in the same memory, while a reader uses it twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{FREED, Map};

outcomes! {
    UNCHANGED: Allowed required, "the reader used one header twice";
    REPLACED: Allowed required, "the reader used one header, and then a newer one";
    BACK_IN_TIME: Forbidden, "a header, and then one that it had replaced";
    FREED_HEADER: Forbidden, "the reader used a header that had been freed";
    TORN_HEADER: Forbidden, "half of one header, half of another";
}

pub const RACE: Race<Map> = Race::new(
    || Map::new(1, 8),
    &[
        actor("writer", |map, _| {
            map.replace(2, 16);
            map.replace(3, 32);
        }),
        actor("reader", |map, saw| {
            for _ in 0..2 {
                let (array, length) = map.read();
                saw.note(array);
                saw.note(length);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Map, saws: &[Saw]) -> Outcome {
    let seen = saws[1].values();
    let whole = |header: &[u64]| matches!(header, [1, 8] | [2, 16] | [3, 32]);
    match seen {
        _ if seen.contains(&FREED) => FREED_HEADER,
        _ if !seen.chunks(2).all(whole) => TORN_HEADER,
        [before, _, after, _] if before > after => BACK_IN_TIME,
        [before, _, after, _] if before < after => REPLACED,
        _ => UNCHANGED,
    }
}
