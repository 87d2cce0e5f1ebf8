//! One caller whose work asks the cache for the key that it is computing.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cache;

outcomes! {
    CAME_BACK: Allowed, "the caller has a result";
}

const KEY: u64 = 3;

pub const RACE: Race<Cache> = Race::new(
    Cache::new,
    &[actor("caller", |cache, _| {
        cache.get_or_compute(KEY, || cache.get_or_compute(KEY, || Some(1)));
    })],
    |_, _: &[Saw]| -> Outcome { CAME_BACK },
    OUTCOMES,
);
