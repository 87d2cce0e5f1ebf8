//! Two writers append to one list of overflow buckets.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race_found.rs", again by "again.rs");
racelab::scenario!(pub mod swap_tail = "swap_tail.rs", judged by "race_found.rs");
racelab::scenario!(pub mod exchange_relaxed = "exchange_relaxed.rs", judged by "race_found.rs");
racelab::scenario!(pub mod push_front = "push_front.rs", judged by "race_found.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "lost-node",
    title: "two overflow buckets are appended to one list, and one is lost",
    part: Part::InsideTheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look for the last bucket, then link to it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "a compare-and-swap on the link of the last bucket",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &swap_tail::SCENARIO,
            role: Role::NearFix,
            title: "swap the tail, then link: the list is cut in between",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &exchange_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the compare-and-swap without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &push_front::SCENARIO,
            role: Role::Alternative,
            title: "the new bucket in front of all other overflow buckets",
            verdicts: Verdicts::PASS,
            again: Again::except(&push_front::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
