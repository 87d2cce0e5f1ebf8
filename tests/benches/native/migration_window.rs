//! A bucket is emptied before its key is in the new one.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use racelab::{Race, actor, outcomes};

outcomes! {
    FOUND: Allowed required, "the key is always there";
    MISSED: Forbidden, "a key that is always there was not found";
}

pub struct Buckets {
    old: AtomicU64,
    new: AtomicU64,
    evacuated: AtomicU64,
}

racelab::fields!(Buckets {
    old: migrator -> reader,
    new: migrator -> reader,
    evacuated: migrator -> reader,
});

pub const RACE: Race<Buckets> = Race::new(
    || Buckets { old: AtomicU64::new(7), new: AtomicU64::new(0), evacuated: AtomicU64::new(0) },
    &[
        actor("migrator", |buckets, _| {
            let value = buckets.old.load(Relaxed);
            buckets.old.store(0, Relaxed);
            buckets.new.store(value, Relaxed);
            buckets.evacuated.store(1, Relaxed);
        }),
        actor("reader", |buckets, saw| {
            saw.note(match buckets.evacuated.load(Relaxed) {
                1 => buckets.new.load(Relaxed),
                _ => buckets.old.load(Relaxed),
            });
        }),
    ],
    |_, saws| match saws[1].values() {
        [7] => FOUND,
        _ => MISSED,
    },
    OUTCOMES,
);
