//! Two writers find a table full, and both replace it.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod look_again = "look_again.rs", judged by "race.rs");
racelab::scenario!(pub mod lock_no_look = "lock_no_look.rs", judged by "race.rs");
racelab::scenario!(pub mod publish_first = "publish_first.rs", judged by "race_reader.rs");
racelab::scenario!(pub mod exchange_relaxed = "exchange_relaxed.rs", judged by "race_reader.rs");
racelab::scenario!(pub mod lock = "lock.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "double-growth",
    title: "two writers both replace a full table, and one table is lost with its keys",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "fill a larger table, and make it the current one",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "make it the current one only if the full one still is",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &look_again::SCENARIO,
            role: Role::NearFix,
            title: "look again whether the full one is current, then store",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &lock_no_look::SCENARIO,
            role: Role::NearFix,
            title: "grow under a lock, one writer after the other",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &publish_first::SCENARIO,
            role: Role::NearFix,
            title: "make it the current one first, and copy the keys then",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &exchange_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the right exchange, without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &lock::SCENARIO,
            role: Role::Alternative,
            title: "grow under a lock, if nobody has grown it meanwhile",
            verdicts: Verdicts::PASS,
            again: Again::passes(&lock::again::SCENARIO),
        },
    ],
    cost: None,
};
