//! One word lies across two cache lines, and a reader gets half of it.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod start_aligned = "start_aligned.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod value_first = "value_first.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "split-word",
    title: "a word that lies across two cache lines is read half old, half new",
    part: Part::Bytes,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "a value behind 60 bytes of key, without a gap",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "a gap of four bytes: the value is aligned",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &start_aligned::SCENARIO,
            role: Role::NearFix,
            title: "the entry starts on a cache line, and its value does not",
            verdicts: Verdicts::FORBIDDEN,
            again: Again::fails(&start_aligned::again::SCENARIO),
        },
        Version {
            scenario: &value_first::SCENARIO,
            role: Role::Alternative,
            title: "the value comes first: aligned, and without a gap",
            verdicts: Verdicts::PASS,
            again: Again::passes(&value_first::again::SCENARIO),
        },
    ],
    cost: None,
};
