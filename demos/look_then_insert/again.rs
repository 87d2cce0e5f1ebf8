//! Two callers ask a cache for two keys, one after the other, and bring a value for each.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    ONE_VALUE: Allowed required, "both callers got the values that are in the cache";
    TWO_VALUES: Forbidden, "a caller got a value, and the cache has another one";
}

const KEYS: [usize; 2] = [1, 2];

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[
        actor("caller", |cache, saw| {
            KEYS.iter().for_each(|&key| saw.note(cache.get_or_insert(key, 10)));
        }),
        actor("other", |cache, saw| {
            KEYS.iter().for_each(|&key| saw.note(cache.get_or_insert(key, 20)));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cache: &Cache, saws: &[Saw]) -> Outcome {
    let kept = KEYS.map(|key| cache.get(key));
    let one = !kept.contains(&0) && saws.iter().all(|saw| saw.values() == kept);
    if one { ONE_VALUE } else { TWO_VALUES }
}
