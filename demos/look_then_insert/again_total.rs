//! A writer inserts two values while an adder adds up all values, twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    SUMS: Allowed required, "each sum is one that was, and the second is no older than the first";
    WRONG_TOTAL: Forbidden, "the adder got a sum of values that never were there together";
}

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("writer", |cache, _| {
            cache.get_or_insert(1, 10);
            cache.get_or_insert(2, 20);
        }),
        actor("adder", |cache, saw| {
            saw.note(cache.total());
            saw.note(cache.total());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cache: &Cache, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [one @ (0 | 10 | 30), other @ (0 | 10 | 30)] if one <= other && cache.total() == 30 => SUMS,
        _ => WRONG_TOTAL,
    }
}
