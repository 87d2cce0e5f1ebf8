//! A writer replaces the header twice, and a reader reads it twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Header;

outcomes! {
    UNCHANGED: Allowed required, "the reader saw one header twice";
    REPLACED: Allowed required, "the reader saw one header, and then a newer one";
    BACK_IN_TIME: Forbidden, "a header, and then one that it had replaced";
    TORN: Forbidden, "half of one header, half of another, or of none";
}

pub const RACE: Race<Header> = Race::new(
    || Header::new(1, 8),
    &[
        actor("writer", |header, _| {
            header.replace(2, 16);
            header.replace(3, 32);
        }),
        actor("reader", |header, saw| {
            for _ in 0..2 {
                let (array, length) = header.read();
                saw.note(array);
                saw.note(length);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Header, saws: &[Saw]) -> Outcome {
    let whole = |header: &[u64]| matches!(header, [1, 8] | [2, 16] | [3, 32]);
    match saws[1].values() {
        seen if !seen.chunks(2).all(whole) => TORN,
        [before, _, after, _] if before > after => BACK_IN_TIME,
        [before, _, after, _] if before < after => REPLACED,
        _ => UNCHANGED,
    }
}
