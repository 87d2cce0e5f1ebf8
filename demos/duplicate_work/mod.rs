//! Two callers miss one key of a cache, and both do the work.

use crate::course::{Again, Demo, Except, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again_failing.rs");
racelab::scenario!(pub mod first_wins = "first_wins.rs", judged by "race.rs");
racelab::scenario!(pub mod ready_relaxed = "ready_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod given_up = "given_up.rs", judged by "race_failing.rs");
racelab::scenario!(pub mod no_guard = "no_guard.rs", judged by "again_failing.rs");
racelab::scenario!(pub mod claim_relaxed = "claim_relaxed.rs", judged by "race_buffer.rs");
racelab::scenario!(pub mod own_key = "fixed.rs", judged by "race_own_key.rs");
racelab::scenario!(pub mod handed_on = "fixed.rs", judged by "race_failing.rs", again by "again.rs");
racelab::scenario!(pub mod locked_slot = "locked_slot.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod parked = "parked.rs", judged by "race.rs", again by "again.rs");

/// Somebody waits in a loop for ever.
const LIVELOCK: Verdicts = Verdicts::LIVELOCK
    .except(&[Except::loom("it follows a loop that waits for ever until it gives up")]);
/// loom does not judge a guard that a panic drops.
const UNWINDING: &[Except] =
    &[Except::loom("it does not model an atomic that is written while a panic unwinds")];

/// The demo.
pub const DEMO: Demo = Demo {
    name: "duplicate-work",
    title: "two callers miss one key of a cache, and both compute it",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look, compute, store",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "claim the slot, compute, say that it is ready",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed::again::SCENARIO, UNWINDING),
        },
        Version {
            scenario: &first_wins::SCENARIO,
            role: Role::NearFix,
            title: "the first result stored is kept: one value, computed twice",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &ready_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "claimed and computed once, but without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &given_up::SCENARIO,
            role: Role::NearFix,
            title: "the work fails, the claim stays, and everybody waits for ever",
            verdicts: LIVELOCK,
            again: None,
        },
        Version {
            scenario: &no_guard::SCENARIO,
            role: Role::NearFix,
            title: "the claim is given back when the work fails, and not when it panics",
            verdicts: LIVELOCK,
            again: None,
        },
        Version {
            scenario: &claim_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the claim is handed on without Release and Acquire",
            verdicts: Verdicts::DATA_RACE,
            again: None,
        },
        Version {
            scenario: &own_key::SCENARIO,
            role: Role::NearFix,
            title: "the fixed version, asked by its own work for the same key",
            verdicts: LIVELOCK,
            again: None,
        },
        Version {
            scenario: &handed_on::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: the work fails, the claim is given back",
            verdicts: Verdicts::PASS,
            again: Again::passes(&handed_on::again::SCENARIO),
        },
        Version {
            scenario: &locked_slot::SCENARIO,
            role: Role::Alternative,
            title: "a lock for each slot, held during the work",
            verdicts: Verdicts::PASS,
            again: Again::passes(&locked_slot::again::SCENARIO),
        },
        Version {
            scenario: &parked::SCENARIO,
            role: Role::Alternative,
            title: "a lock for the look alone; those who wait sleep until the work has ended",
            verdicts: Verdicts::PASS,
            again: Again::passes(&parked::again::SCENARIO),
        },
    ],
    cost: None,
};
