//! Two callers ask for one key, and the work of one of them fails.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    TURN_HANDED_ON: Allowed required, "the unlucky one failed, then the caller did the work";
    SPARED: Allowed required, "the caller came first: the unlucky one has its result";
    NOTHING: Forbidden, "somebody has no result, or one that nobody computed";
}

const KEY: u64 = 3;

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("unlucky", |cache, saw| note(saw, cache.get_or_compute(KEY, || None))),
        actor("caller", |cache, saw| note(saw, cache.get_or_compute(KEY, || Some(20)))),
    ],
    outcome,
    OUTCOMES,
);

fn note(saw: &mut Saw, result: Option<u64>) {
    if let Some(result) = result {
        saw.note(result);
    }
}

fn outcome(_: &Cache, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([], [20]) => TURN_HANDED_ON,
        ([20], [20]) => SPARED,
        _ => NOTHING,
    }
}
