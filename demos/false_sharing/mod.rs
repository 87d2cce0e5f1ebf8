//! Two threads write two counters that nobody shares, and slow each other down.

use crate::course::{Demo, Part, Role, Verdicts, Version};

mod cost;

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
racelab::scenario!(pub mod padded_to_16 = "padded_to_16.rs", judged by "race.rs");
racelab::scenario!(pub mod padded_together = "padded_together.rs", judged by "race.rs");
racelab::scenario!(pub mod padded_to_64 = "padded_to_64.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "false-sharing",
    title: "two counters in one cache line slow two threads down",
    part: Part::Bytes,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "two words side by side",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "each counter has two lines of 64 bytes to itself",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &padded_to_16::SCENARIO,
            role: Role::NearFix,
            title: "16 bytes for each: four of them still share a line",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &padded_together::SCENARIO,
            role: Role::NearFix,
            title: "the pair is aligned and padded, not the counters in it",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &padded_to_64::SCENARIO,
            role: Role::Alternative,
            title: "64 bytes for each: enough where a line has 64 and comes alone",
            verdicts: Verdicts::PASS,
            again: None,
        },
    ],
    cost: Some(&cost::COST),
};
