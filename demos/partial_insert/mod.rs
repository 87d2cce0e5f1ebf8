//! A key is in the map before its value is.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod tag_first = "tag_first.rs", judged by "race_nobody.rs");
racelab::scenario!(pub mod release_everywhere = "release_everywhere.rs", judged by "race.rs");
racelab::scenario!(pub mod tag_relaxed = "tag_relaxed.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "partial-insert",
    title: "a key is found before its value is there, or was never inserted at all",
    part: Part::InsideTheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "key, tag, value: the order of Go's maps for a key of any type",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the value, then the key, and the tag last, with Release",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &tag_first::SCENARIO,
            role: Role::NearFix,
            title: "the tag first, to take the slot: as Go 1.23 does for string keys",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &release_everywhere::SCENARIO,
            role: Role::NearFix,
            title: "key, tag, value, each with Release and Acquire",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &tag_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the tag last, but without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
    ],
    cost: None,
};
