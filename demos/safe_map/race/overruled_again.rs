//! A cached value goes out of date twice while it is asked for twice: no old one may come back.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::source::SafeMap;

/// Something that changes, and a cache of it.
pub struct Memory {
    truth: AtomicU64,
    cache: SafeMap<u64, u64, Steered>,
}

racelab::fields!(Memory { truth: changer -> cacher, cache: changer | cacher });

outcomes! {
    EMPTY: Allowed required, "the cache is empty: the next to ask computes the newest value";
    FRESH: Allowed required, "the cache holds the newest value";
    STALE: Forbidden, "the cache holds an old value, and nothing will ever remove it";
}

pub const RACE: Race<Memory> = Race::new(
    || Memory {
        truth: AtomicU64::new(1),
        cache: SafeMap::with_shards_and_hasher(2, Steered::default()),
    },
    &[
        actor("cacher", |memory, saw| {
            // Relaxed: whoever marks the key after the removal has taken the lock after it, and so
            // reads the new value; whoever marked it before has lost the mark.
            let compute = || memory.truth.load(Relaxed);
            saw.note(memory.cache.get_or_insert_with(0, compute));
            saw.note(memory.cache.get_or_insert_with(0, compute));
        }),
        actor("changer", |memory, _| {
            for truth in [2, 3] {
                memory.truth.store(truth, Relaxed);
                memory.cache.remove(&0);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
    match memory.cache.get(&0) {
        None => EMPTY,
        Some(3) => FRESH,
        Some(_) => STALE,
    }
}
