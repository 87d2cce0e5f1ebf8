//! Two writers copy one snapshot, and one of the changes is gone.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod look_again = "look_again.rs", judged by "race.rs");
racelab::scenario!(pub mod lock_the_store = "lock_the_store.rs", judged by "race.rs");
racelab::scenario!(pub mod exchange_relaxed = "exchange_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod same_spare = "fixed.rs", judged by "race_same_spare.rs");
racelab::scenario!(pub mod lock = "lock.rs", judged by "race_reader.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "lost-update",
    title: "two writers copy the same snapshot, and one change is gone",
    part: Part::Interleavings,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look, copy, store",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "look, copy, and publish only if nothing was published since",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &look_again::SCENARIO,
            role: Role::NearFix,
            title: "look once more before the store",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &lock_the_store::SCENARIO,
            role: Role::NearFix,
            title: "a lock around the store alone",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &exchange_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "compare-and-swap, without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &same_spare::SCENARIO,
            role: Role::NearFix,
            title: "the fixed version, filling a snapshot that it has published: ABA",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &lock::SCENARIO,
            role: Role::Alternative,
            title: "a lock from the look to the store; readers take none",
            verdicts: Verdicts::PASS,
            again: Again::passes(&lock::again::SCENARIO),
        },
    ],
    cost: None,
};
