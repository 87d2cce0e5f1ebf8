//! A writer raises a flag and another, while a grower notes twice that the map has grown.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Header;

outcomes! {
    BOTH_KEPT: Allowed required, "both flags are up, and the map has grown twice";
    GROWTH_UNDONE: Forbidden, "a store of the flags put back an old size, or made it zero";
    FLAG_UNDONE: Forbidden, "a store of the size put back old flags";
    SEED_CHANGED: Forbidden, "a field that nobody stores to has changed";
}

const ITERATOR: u8 = 1;
const WRITING: u8 = 4;
const SEED: u32 = 0x5eed;

pub const RACE: Race<Header> = Race::new(
    || Header::new(3, SEED),
    &[
        actor("writer", |header, _| {
            header.set_flags(WRITING);
            header.set_flags(WRITING | ITERATOR);
        }),
        actor("grower", |header, _| {
            header.set_log2(4);
            header.set_log2(5);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(header: &Header, _: &[Saw]) -> Outcome {
    match header.fields() {
        (_, _, seed) if seed != SEED => SEED_CHANGED,
        (5, 5, _) => BOTH_KEPT,
        (5, ..) => GROWTH_UNDONE,
        _ => FLAG_UNDONE,
    }
}
