//! A tool reads a map's header through the wrong level of pointers, or by an old layout.

use crate::course::{Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
racelab::scenario!(pub mod old_offsets = "old_offsets.rs", judged by "race_swiss.rs");
racelab::scenario!(pub mod newest_only = "newest_only.rs", judged by "race.rs");
racelab::scenario!(pub mod both_versions = "fixed.rs", judged by "race_swiss.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "wrong-indirection",
    title: "a handle is read as the header behind it, or a header by an old layout",
    part: Part::Bytes,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the variable is read as if it were the header",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the pointer is followed, by the layout of this version",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &old_offsets::SCENARIO,
            role: Role::NearFix,
            title: "the pointer is followed, by the layout of the version before",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &newest_only::SCENARIO,
            role: Role::NearFix,
            title: "brought up to date: the new layout, for every program",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &both_versions::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: a program of the new version",
            verdicts: Verdicts::PASS,
            again: None,
        },
    ],
    cost: None,
};
