//! A writer replaces the header while a reader uses it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Header;

const OLD: (u64, u64) = (1, 8);
const NEW: (u64, u64) = (2, 16);

outcomes! {
    OLD_HEADER: Allowed required, "the reader came first: old array, old length";
    NEW_HEADER: Allowed required, "the writer came first: new array, new length";
    OUT_OF_BOUNDS: Forbidden, "new length with the old array: bucket 8 to 15 do not exist";
    HALF_THE_MAP: Interesting, "old length with the new array: in bounds, but half the keys are missed";
}

pub const RACE: Race<Header> = Race::new(
    || Header::new(OLD.0, OLD.1),
    &[
        actor("writer", |header, _| header.replace(NEW.0, NEW.1)),
        actor("reader", |header, saw| {
            let (pointer, length) = header.read();
            saw.note(pointer);
            saw.note(length);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Header, saws: &[Saw]) -> Outcome {
    let read = saws[1].values();
    match (read[0], read[1]) {
        OLD => OLD_HEADER,
        NEW => NEW_HEADER,
        (1, 16) => OUT_OF_BOUNDS,
        _ => HALF_THE_MAP,
    }
}
