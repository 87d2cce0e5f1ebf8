//! A writer inserts a value while an adder adds up all values.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    BEFORE: Allowed required, "the adder came before the value";
    AFTER: Allowed required, "the adder came after the value";
    WRONG_TOTAL: Forbidden, "the adder got a sum of values that never were there together";
}

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("writer", |cache, saw| saw.note(cache.get_or_insert(1, 10))),
        actor("adder", |cache, saw| saw.note(cache.total())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cache: &Cache, saws: &[Saw]) -> Outcome {
    match (cache.get(1), saws[1].values()) {
        (10, [0]) => BEFORE,
        (10, [10]) => AFTER,
        _ => WRONG_TOTAL,
    }
}
