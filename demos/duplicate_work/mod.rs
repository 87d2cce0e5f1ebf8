//! Two callers miss one key of a cache, and both do the work.

use racelab::demo::{Demo, Expect, Part, Role, Verdicts, Version};
use racelab::report::Kind;

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
racelab::scenario!(pub mod first_wins = "first_wins.rs", judged by "race.rs");
racelab::scenario!(pub mod ready_relaxed = "ready_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod given_up = "given_up.rs", judged by "race_failing.rs");
racelab::scenario!(pub mod handed_on = "fixed.rs", judged by "race_failing.rs");
racelab::scenario!(pub mod locked_slot = "locked_slot.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "duplicate-work",
    title: "two callers miss one key of a cache, and both compute it",
    part: Part::Containers,
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
            again: None,
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
            verdicts: Verdicts {
                interleavings: Expect::Fails(Kind::Livelock),
                loom: Expect::Skipped("it follows a loop that waits for ever until it gives up"),
            },
            again: None,
        },
        Version {
            scenario: &handed_on::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: the work fails, the claim is given back",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &locked_slot::SCENARIO,
            role: Role::Alternative,
            title: "a lock for each slot, held during the work",
            verdicts: Verdicts::PASS,
            again: None,
        },
    ],
    cost: None,
};
