//! A writer raises a flag in a map's header while a grower notes that the map has grown.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Header;

outcomes! {
    BOTH_KEPT: Allowed required, "the flag is up, and the map has grown";
    GROWTH_UNDONE: Forbidden, "the flag's store put back the old size, or made it zero";
    FLAG_UNDONE: Forbidden, "the size's store put back the old flags";
    SEED_CHANGED: Forbidden, "a field that nobody stores to has changed";
}

const WRITING: u8 = 4;
const SEED: u32 = 0x5eed;

pub const RACE: Race<Header> = Race::new(
    || Header::new(3, SEED),
    &[
        actor("writer", |header, _| header.set_flags(WRITING)),
        actor("grower", |header, _| header.set_log2(4)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(header: &Header, _: &[Saw]) -> Outcome {
    match header.fields() {
        (_, _, seed) if seed != SEED => SEED_CHANGED,
        (WRITING, 4, _) => BOTH_KEPT,
        (WRITING, ..) => GROWTH_UNDONE,
        _ => FLAG_UNDONE,
    }
}
