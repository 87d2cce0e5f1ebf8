//! A snapshot is published, and the writer goes on changing it.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod another_pointer = "another_pointer.rs", judged by "race.rs");
racelab::scenario!(pub mod reader_copies = "reader_copies.rs", judged by "race.rs");
racelab::scenario!(pub mod publish_then_change = "publish_then_change.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "shared-mutation",
    title: "a published snapshot changes while a reader holds it",
    part: Part::Interleavings,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the writer changes the map that it has published",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the writer changes a copy, and publishes the copy",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &another_pointer::SCENARIO,
            role: Role::NearFix,
            title: "a new holder is published, with the same map in it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &reader_copies::SCENARIO,
            role: Role::NearFix,
            title: "the reader copies the map before it uses it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &publish_then_change::SCENARIO,
            role: Role::NearFix,
            title: "the copy is published, and then changed",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
    ],
    cost: None,
};
