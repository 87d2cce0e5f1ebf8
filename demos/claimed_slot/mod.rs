//! Two writers take one empty slot.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race_read.rs", again by "again.rs");
racelab::scenario!(pub mod claim_publishes = "claim_publishes.rs", judged by "race_read.rs");
racelab::scenario!(pub mod busy_mark = "busy_mark.rs", judged by "race_same.rs");
racelab::scenario!(pub mod fixed_same_key = "fixed.rs", judged by "race_same.rs", again by "again_same.rs");
racelab::scenario!(pub mod busy_waits = "busy_waits.rs", judged by "race_same.rs", again by "again_same.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "claimed-slot",
    title: "two writers take one empty slot, and the count says two",
    part: Part::InsideTheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look for an empty slot, then take it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the key claims the slot by compare-and-swap; the tag publishes it",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &claim_publishes::SCENARIO,
            role: Role::NearFix,
            title: "the key claims the slot, and publishes it too",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &busy_mark::SCENARIO,
            role: Role::NearFix,
            title: "a busy mark claims the slot; whoever meets it takes the next slot",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed_same_key::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version again, when both writers have the same key",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed_same_key::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &busy_waits::SCENARIO,
            role: Role::Alternative,
            title: "a busy mark claims the slot; whoever meets it waits: the same key twice",
            verdicts: Verdicts::PASS,
            again: Again::except(&busy_waits::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
