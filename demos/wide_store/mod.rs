//! A store that is wider than its field puts back what a neighbour was before.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod blind_store = "blind_store.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod one_side = "one_side.rs", judged by "race.rs");
racelab::scenario!(pub mod wrong_mask = "wrong_mask.rs", judged by "race.rs");
racelab::scenario!(pub mod masked = "masked.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "wide-store",
    title: "a store wider than its field undoes the store of a neighbour",
    part: Part::Bytes,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "each loads the word, changes its byte, and stores the word",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "each field is stored at its own width",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &blind_store::SCENARIO,
            role: Role::NearFix,
            title: "one store and no load: whatever lies beside it becomes zero",
            verdicts: Verdicts::FORBIDDEN,
            again: Again::fails(&blind_store::again::SCENARIO),
        },
        Version {
            scenario: &one_side::SCENARIO,
            role: Role::NearFix,
            title: "one of the two is careful: a read-modify-write beside a plain store",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &wrong_mask::SCENARIO,
            role: Role::NearFix,
            title: "read-modify-writes, and a mask of one byte too many",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &masked::SCENARIO,
            role: Role::Alternative,
            title: "read-modify-writes with a mask: for fields narrower than any store",
            verdicts: Verdicts::PASS,
            again: Again::passes(&masked::again::SCENARIO),
        },
    ],
    cost: None,
};
