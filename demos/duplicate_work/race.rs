//! Two callers ask for one key that is not there yet, and each can compute it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    CALLER_COMPUTED: Allowed required, "the caller did the work, the other one has its result";
    OTHER_COMPUTED: Allowed required, "the other one did the work, the caller has its result";
    TWO_VALUES: Forbidden, "both did the work, and hold two values for one key";
    TWICE: Forbidden, "both hold the same value, but both did the work";
    NOTHING: Forbidden, "somebody was given a result that was not there";
}

const KEY: u64 = 3;

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("caller", |cache, saw| ask(cache, saw, 10)),
        actor("other", |cache, saw| ask(cache, saw, 20)),
    ],
    outcome,
    OUTCOMES,
);

/// Notes what this caller got, and how often it did the work for that.
fn ask(cache: &Cache, saw: &mut Saw, result: u64) {
    let mut computed = 0;
    let got = cache.get_or_compute(KEY, || {
        computed += 1;
        Some(result)
    });
    saw.note(got.unwrap_or(0));
    saw.note(computed);
}

fn outcome(_: &Cache, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (&[10, 1], &[10, 0]) => CALLER_COMPUTED,
        (&[20, 0], &[20, 1]) => OTHER_COMPUTED,
        (&[10, 1], &[20, 1]) => TWO_VALUES,
        (&[_, 1], &[_, 1]) => TWICE,
        _ => NOTHING,
    }
}
