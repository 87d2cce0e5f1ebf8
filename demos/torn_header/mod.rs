//! A map header of two words is read while it is replaced.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod publish_relaxed = "publish_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod careful_order = "careful_order.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "torn-header",
    title: "a header of two words is read half old, half new",
    part: Part::Interleavings,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "two words, one after the other",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "one pointer to a header that no longer changes",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &publish_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "one word publishes it, but without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &careful_order::SCENARIO,
            role: Role::NearFix,
            title: "two words in a careful order, without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
    ],
    cost: None,
};
