//! A flag against concurrent writes, which is itself written concurrently.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod checked_twice = "checked_twice.rs", judged by "race.rs");
racelab::scenario!(pub mod plain = "plain.rs", judged by "race_plain.rs");
racelab::scenario!(pub mod exchanged = "exchanged.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "write-flag",
    title: "a flag against concurrent writes does not notice all of them",
    part: Part::InsideTheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "Go's flag: look whether somebody writes, then say that one does",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "a lock: nobody writes while another does",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &checked_twice::SCENARIO,
            role: Role::NearFix,
            title: "the flag looked at twice before it is set",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &exchanged::SCENARIO,
            role: Role::Alternative,
            title: "look and set in one operation: it notices every other writer",
            verdicts: Verdicts::PASS,
            again: Again::passes(&exchanged::again::SCENARIO),
        },
        Version {
            scenario: &plain::SCENARIO,
            role: Role::Broken,
            title: "the same with the count in plain memory, where the race clocks watch",
            verdicts: Verdicts::DATA_RACE,
            again: None,
        },
    ],
    cost: None,
};
