//! The work of one caller fails and then panics, and another caller asks twice.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::rt::cell::UnsafeCell;
use super::source::Cache;

outcomes! {
    TURN_HANDED_ON: Allowed required, "the unlucky one failed and panicked, the caller has a result";
    SPARED: Allowed required, "the caller came first: the unlucky one has its result";
    FAILED_ONCE: Allowed required, "the caller came between: the unlucky one has its result then";
    NOTHING: Forbidden, "somebody has no result, or one that nobody computed";
}

const KEY: u64 = 3;

/// A cache, and the buffer that the work for the key uses. Plain memory: only one may work at once.
pub struct Memory {
    cache: Cache,
    buffer: UnsafeCell<u64>,
}
racelab::fields!(Memory { cache: unlucky | caller, buffer: unlucky | caller });

// Safety: whoever has the turn uses the buffer alone.
unsafe impl Sync for Memory {}

impl Memory {
    fn work(&self, result: u64) -> Option<u64> {
        // Safety: as above.
        self.buffer.with_mut(|buffer| unsafe { *buffer = result });
        Some(result)
    }

    fn fail(&self) -> Option<u64> {
        self.work(0).filter(|&result| result != 0)
    }

    fn ask(&self, saw: &mut Saw, work: impl FnOnce() -> Option<u64>) {
        if let Some(result) = self.cache.get_or_compute(KEY, work) {
            saw.note(result);
        }
    }
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { cache: Cache::new(), buffer: UnsafeCell::new(0) },
    &[
        actor("unlucky", |memory: &Memory, saw| {
            memory.ask(saw, || memory.fail());
            let panics = || memory.ask(saw, || panic!("no result"));
            let _ = catch_unwind(AssertUnwindSafe(panics));
        }),
        actor("caller", |memory: &Memory, saw| {
            memory.ask(saw, || memory.work(20));
            memory.ask(saw, || memory.work(30));
        }),
    ],
    outcome,
    OUTCOMES,
)
.checkers_only("a claim that orders nothing is a data race on the buffer");

fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([], [20, 20]) => TURN_HANDED_ON,
        ([20], [20, 20]) => FAILED_ONCE,
        ([20, 20], [20, 20]) => SPARED,
        _ => NOTHING,
    }
}
