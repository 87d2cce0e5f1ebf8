//! A cell for values of any type is read while its first value goes in.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod type_relaxed = "type_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod two_types = "fixed.rs", judged by "race_two_types.rs");
racelab::scenario!(pub mod claim_the_type = "claim_the_type.rs", judged by "race_two_types.rs");
racelab::scenario!(pub mod typed_nil = "fixed.rs", judged by "race_typed_nil.rs");
racelab::scenario!(pub mod refuses_nil = "refuses_nil.rs", judged by "race_typed_nil.rs", again by "again_typed_nil.rs");
racelab::scenario!(pub mod one_type = "fixed.rs", judged by "race_one_type.rs", again by "again_one_type.rs");
racelab::scenario!(pub mod in_progress = "in_progress.rs", judged by "race_two_types.rs", again by "again_two_types.rs");
racelab::scenario!(
    pub mod in_progress_one_type = "in_progress.rs", judged by "race_one_type.rs", again by "again_one_type.rs"
);

/// The demo.
pub const DEMO: Demo = Demo {
    name: "first-store",
    title: "the type of a value is there before the value",
    part: Part::Ordering,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the type, then the data",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the data, then the type",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &type_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the data, then the type, without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &two_types::SCENARIO,
            role: Role::NearFix,
            title: "fixed, with two first writers of different types",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &claim_the_type::SCENARIO,
            role: Role::NearFix,
            title: "compare-and-swap on the type, then the data",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &typed_nil::SCENARIO,
            role: Role::NearFix,
            title: "fixed, and what is stored first is a nil of the type",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &refuses_nil::SCENARIO,
            role: Role::Alternative,
            title: "the cell refuses a nil, whatever its type",
            verdicts: Verdicts::PASS,
            again: Again::passes(&refuses_nil::again::SCENARIO),
        },
        Version {
            scenario: &one_type::SCENARIO,
            role: Role::Alternative,
            title: "fixed, with two first writers of one type",
            verdicts: Verdicts::PASS,
            again: Again::except(&one_type::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &in_progress::SCENARIO,
            role: Role::Alternative,
            title: "a mark in place of the type until the data is in",
            verdicts: Verdicts::PASS,
            again: Again::passes(&in_progress::again::SCENARIO),
        },
        Version {
            scenario: &in_progress_one_type::SCENARIO,
            role: Role::Alternative,
            title: "the mark, with two first writers of one type",
            verdicts: Verdicts::PASS,
            again: Again::except(&in_progress_one_type::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
