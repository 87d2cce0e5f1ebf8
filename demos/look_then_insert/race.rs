//! Two callers ask a cache for one key, and each brings a value for it.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    ONE_VALUE: Allowed required, "both callers got the value that is in the cache";
    TWO_VALUES: Forbidden, "a caller got a value, and the cache has another one";
}

const KEY: usize = 1;

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("caller", |cache, saw| saw.note(cache.get_or_insert(KEY, 10))),
        actor("other", |cache, saw| saw.note(cache.get_or_insert(KEY, 20))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cache: &Cache, saws: &[Saw]) -> Outcome {
    let kept = [cache.get(KEY)];
    let one = kept != [0] && saws.iter().all(|saw| saw.values() == kept);
    if one { ONE_VALUE } else { TWO_VALUES }
}
