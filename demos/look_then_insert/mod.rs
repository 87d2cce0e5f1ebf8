//! Two callers look under a read lock, find nothing, and both insert.

use crate::course::{Again, Demo, Expect, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod second_read = "second_read.rs", judged by "race.rs");
racelab::scenario!(pub mod kept_guard = "kept_guard.rs", judged by "race.rs");
racelab::scenario!(pub mod both_upgrade = "both_upgrade.rs", judged by "race.rs");
racelab::scenario!(pub mod read_inside = "read_inside.rs", judged by "race_total.rs");
racelab::scenario!(
    pub mod write_at_once = "write_at_once.rs", judged by "race.rs", again by "again.rs"
);
racelab::scenario!(
    pub mod one_inserter = "one_inserter.rs", judged by "race.rs", again by "again.rs"
);
racelab::scenario!(
    pub mod read_once = "read_once.rs", judged by "race_total.rs", again by "again_total.rs"
);

/// Only interleavings have a waiting writer hold up readers.
const BEHIND_A_WRITER: Verdicts = Verdicts::DEADLOCK
    .x86(Expect::Skipped("a waiting writer holds up readers among interleavings only"))
    .c11(Expect::Skipped("a waiting writer holds up readers among interleavings only"));

/// The demo.
pub const DEMO: Demo = Demo {
    name: "look-then-insert",
    title: "two callers look under a read lock, find nothing, and both insert",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look under the read lock, then insert under the write lock",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "look again under the write lock before inserting",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &second_read::SCENARIO,
            role: Role::NearFix,
            title: "look again, but under the read lock",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &kept_guard::SCENARIO,
            role: Role::NearFix,
            title: "keep the read lock while waiting for the write lock",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &both_upgrade::SCENARIO,
            role: Role::NearFix,
            title: "a read lock that can become the write lock: two want it at once",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &read_inside::SCENARIO,
            role: Role::NearFix,
            title: "a read lock inside a read lock, and a writer who waits in between",
            verdicts: BEHIND_A_WRITER,
            again: None,
        },
        Version {
            scenario: &write_at_once::SCENARIO,
            role: Role::Alternative,
            title: "look once, under the write lock: readers wait",
            verdicts: Verdicts::PASS,
            again: Again::passes(&write_at_once::again::SCENARIO),
        },
        Version {
            scenario: &one_inserter::SCENARIO,
            role: Role::Alternative,
            title: "one at a time may look in order to insert; readers go on",
            verdicts: Verdicts::PASS,
            again: Again::passes(&one_inserter::again::SCENARIO),
        },
        Version {
            scenario: &read_once::SCENARIO,
            role: Role::Alternative,
            title: "read under the lock that is held already",
            verdicts: Verdicts::PASS,
            again: Again::passes(&read_once::again::SCENARIO),
        },
    ],
    cost: None,
};
