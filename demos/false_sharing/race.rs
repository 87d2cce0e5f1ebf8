//! A receiver and a sender, each with a counter of its own; no packet may go uncounted.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Counters;

outcomes! {
    ALL_COUNTED: Allowed required, "every packet is counted";
    SOME_UNCOUNTED: Forbidden, "a packet is missing from the totals";
}

pub const RACE: Race<Counters> = Race::new(
    Counters::new,
    &[
        actor("receiver", |counters, _| {
            counters.receive();
            counters.receive();
        }),
        actor("sender", |counters, _| {
            counters.send();
            counters.send();
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(counters: &Counters, _: &[Saw]) -> Outcome {
    if counters.totals() == (2, 2) { ALL_COUNTED } else { SOME_UNCOUNTED }
}
