//! Two callers ask twice for one key that is not there yet, and each can compute it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    CALLER_COMPUTED: Allowed required, "the caller did the work, and both have its result";
    OTHER_COMPUTED: Allowed required, "the other one did the work, and both have its result";
    TWICE: Forbidden, "the work was done twice";
    CHANGED: Forbidden, "somebody was given one result, and then another";
    NOTHING: Forbidden, "somebody was given a result that was not there";
}

const KEY: u64 = 3;

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("caller", |cache, saw| ask_twice(cache, saw, 10)),
        actor("other", |cache, saw| ask_twice(cache, saw, 20)),
    ],
    outcome,
    OUTCOMES,
);

/// Notes what this caller got, and how often it did the work for that.
fn ask_twice(cache: &Cache, saw: &mut Saw, result: u64) {
    let mut computed = 0;
    for _ in 0..2 {
        let got = cache.get_or_compute(KEY, || {
            computed += 1;
            Some(result)
        });
        saw.note(got.unwrap_or(0));
    }
    saw.note(computed);
}

fn outcome(_: &Cache, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([.., a], [.., b]) if a + b != 1 => TWICE,
        ([10, 10, 1], [10, 10, 0]) => CALLER_COMPUTED,
        ([20, 20, 0], [20, 20, 1]) => OTHER_COMPUTED,
        ([a, b, _], _) | (_, [a, b, _]) if a != b => CHANGED,
        _ => NOTHING,
    }
}
