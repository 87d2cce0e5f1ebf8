//! Readers that only read slow each other down: each of them writes to the lock they share.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

mod cost;

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod lock_around = "lock_around.rs", judged by "race.rs");
racelab::scenario!(pub mod shared_count = "shared_count.rs", judged by "race.rs");
racelab::scenario!(pub mod packed = "packed.rs", judged by "race.rs");
racelab::scenario!(pub mod one_at_a_time = "one_at_a_time.rs", judged by "race.rs");
racelab::scenario!(pub mod snapshot = "snapshot.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "reader-contention",
    title: "readers of one lock slow each other down",
    part: Part::Costs,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "one lock: each reader adds itself to its count",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "a lock and a copy for each reader; a writer takes all of them",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &lock_around::SCENARIO,
            role: Role::NearFix,
            title: "a second lock around the copies, and all readers meet there",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &shared_count::SCENARIO,
            role: Role::NearFix,
            title: "a snapshot, and all readers count themselves on it",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &packed::SCENARIO,
            role: Role::NearFix,
            title: "the copies side by side: the end of one shares a line with the next lock",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &one_at_a_time::SCENARIO,
            role: Role::NearFix,
            title: "a writer that locks one copy after the other: a reader goes back in time",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &snapshot::SCENARIO,
            role: Role::Alternative,
            title: "a pointer to a table that never changes: readers write nothing",
            verdicts: Verdicts::PASS,
            again: Again::passes(&snapshot::again::SCENARIO),
        },
    ],
    cost: Some(&cost::COST),
};
