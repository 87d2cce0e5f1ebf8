//! Two tills sell the last seat. (A demo to begin with: every word of it is yours to change.)

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod ordered = "ordered.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "a-new-demo",
    title: "two tills sell the last seat",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look whether it is free, then take it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "both under one lock",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &ordered::SCENARIO,
            role: Role::NearFix,
            title: "the same two steps, with Acquire and Release",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
    ],
    cost: None,
};
