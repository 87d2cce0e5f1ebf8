//! Two threads store under a missing key, and one goes on from what it expects: each is told the truth.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    LEFT: Allowed required, "the left value was first, and was replaced by who expected it";
    RIGHT: Allowed required, "the right value was first, and nothing else was done";
    BOTH: Forbidden, "both were told that they had been first, or neither";
    WRONG: Forbidden, "a value that was not expected was replaced, or the expected one was not";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[
        actor("left", |map, saw| saw.note(map.insert_if_absent(0, 10).is_ok().into())),
        actor("right", |map, saw| {
            saw.note(map.insert_if_absent(0, 20).is_ok().into());
            saw.note(map.replace_if(&0, 30, |value| *value == 10).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (saws[0].get(0), saws[1].values(), map.get(&0)) {
        (Some(1), [0, 10], Some(30)) => LEFT,
        (Some(0), [1, 0], Some(20)) => RIGHT,
        (Some(left), [right, _], _) if left == *right => BOTH,
        _ => WRONG,
    }
}
