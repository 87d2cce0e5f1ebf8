//! A writer replaces the header while a reader uses it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Header;

outcomes! {
    OLD_HEADER: Allowed required, "the reader came first: old array, old length";
    NEW_HEADER: Allowed required, "the writer came first: new array, new length";
    OUT_OF_BOUNDS: Forbidden, "new length with the old array: buckets 8 to 15 do not exist";
    HALF_THE_MAP: Interesting, "old length with the new array: in bounds, but keys are missed";
    NOT_WRITTEN_YET: Forbidden, "a header that has not been written yet";
}

pub const RACE: Race<Header> = Race::new(
    || Header::new(1, 8),
    &[
        actor("writer", |header, _| header.replace(2, 16)),
        actor("reader", |header, saw| {
            let (array, length) = header.read();
            saw.note(array);
            saw.note(length);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Header, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [1, 8] => OLD_HEADER,
        [2, 16] => NEW_HEADER,
        [1, 16] => OUT_OF_BOUNDS,
        [2, 8] => HALF_THE_MAP,
        _ => NOT_WRITTEN_YET,
    }
}
