//! Two writers append two buckets each to one list, and look what is in it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Chain;

outcomes! {
    ALL: Allowed required, "all appended buckets are in the list, and were found in time";
    LOST: Forbidden, "an appended bucket is not in the list, and never will be";
    MISSED: Forbidden, "a writer did not find a key that it had just appended";
    NO_VALUE: Forbidden, "a key was found before its value";
}

pub const RACE: Race<Chain> = Race::new(
    Chain::new,
    &[
        actor("writer", |chain, saw| {
            chain.append(5, 50);
            chain.append(6, 60);
            saw.note(chain.get(5).unwrap_or(0));
        }),
        actor("other", |chain, saw| {
            chain.append(7, 70);
            chain.append(8, 80);
            saw.note(chain.get(7).unwrap_or(0));
            saw.note(chain.get(6).unwrap_or(60));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(chain: &Chain, saws: &[Saw]) -> Outcome {
    let there = |key| chain.get(key) == Some(10 * key);
    match (saws[0].values(), saws[1].values()) {
        _ if !(5..9).all(there) => LOST,
        ([50], [70, 60]) => ALL,
        ([50], [70, _]) => NO_VALUE,
        _ => MISSED,
    }
}
