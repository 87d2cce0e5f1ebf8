//! Two writers append a bucket each to one list.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Chain;

outcomes! {
    BOTH: Allowed required, "both appended buckets are in the list";
    LOST: Forbidden, "an appended bucket is not in the list, and never will be";
}

pub const RACE: Race<Chain> = Race::new(
    Chain::new,
    &[
        actor("writer", |chain, _| chain.append(7, 70)),
        actor("other", |chain, _| chain.append(8, 80)),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(chain: &Chain, _: &[Saw]) -> Outcome {
    match (chain.get(7), chain.get(8)) {
        (Some(70), Some(80)) => BOTH,
        _ => LOST,
    }
}
