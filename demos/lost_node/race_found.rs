//! Two writers append a bucket each to one list, and look what is in it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Chain;

outcomes! {
    BOTH: Allowed required, "both appended buckets are in the list, and were found in time";
    LOST: Forbidden, "an appended bucket is not in the list, and never will be";
    MISSED: Forbidden, "a writer did not find the key that it had just appended";
    NO_VALUE: Forbidden, "a key was found before its value";
}

pub const RACE: Race<Chain> = Race::new(
    Chain::new,
    &[
        actor("writer", |chain, saw| {
            chain.append(7, 70);
            saw.note(chain.get(7).unwrap_or(0));
        }),
        actor("other", |chain, saw| {
            chain.append(8, 80);
            saw.note(chain.get(8).unwrap_or(0));
            saw.note(chain.get(7).unwrap_or(70));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(chain: &Chain, saws: &[Saw]) -> Outcome {
    match (chain.get(7), chain.get(8)) {
        (Some(70), Some(80)) => match (saws[0].values(), saws[1].values()) {
            ([70], [80, 70]) => BOTH,
            ([70], [80, _]) => NO_VALUE,
            _ => MISSED,
        },
        _ => LOST,
    }
}
