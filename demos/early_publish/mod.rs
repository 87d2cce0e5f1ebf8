//! A flag that says that the data is there arrives before the data.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod only_release = "only_release.rs", judged by "race.rs");
racelab::scenario!(pub mod only_acquire = "only_acquire.rs", judged by "race.rs");
racelab::scenario!(pub mod fence_too_late = "fence_too_late.rs", judged by "race.rs");
racelab::scenario!(pub mod non_temporal = "non_temporal.rs", judged by "race.rs");
racelab::scenario!(pub mod fences = "fences.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod drained = "drained.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "early-publish",
    title: "the flag that announces the data arrives before the data",
    part: Part::Ordering,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the header, then the flag, both Relaxed",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the flag is stored with Release and loaded with Acquire",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &only_release::SCENARIO,
            role: Role::NearFix,
            title: "Release without Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &only_acquire::SCENARIO,
            role: Role::NearFix,
            title: "Acquire without Release",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &fence_too_late::SCENARIO,
            role: Role::NearFix,
            title: "a Release fence after the store of the flag",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &non_temporal::SCENARIO,
            role: Role::NearFix,
            title: "the header past the caches: fails on x86 as well",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &fences::SCENARIO,
            role: Role::Alternative,
            title: "a Release fence before the flag, an Acquire fence after it",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fences::again::SCENARIO),
        },
        Version {
            scenario: &drained::SCENARIO,
            role: Role::Alternative,
            title: "the header past the caches, waited for before the flag",
            verdicts: Verdicts::PASS,
            again: Again::passes(&drained::again::SCENARIO),
        },
    ],
    cost: None,
};
