//! A scan shows a state that the set was never in.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod scan_twice = "scan_twice.rs", judged by "race_again.rs");
racelab::scenario!(pub mod length = "length.rs", judged by "race_length.rs");
racelab::scenario!(pub mod length_under_locks = "length_under_locks.rs", judged by "race_length.rs", again by "again_length.rs");
racelab::scenario!(pub mod lock = "lock.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod sequence = "sequence.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "torn-scan",
    title: "a scan shows a state that the set was never in",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "slot by slot, while the writer goes on",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "one snapshot, which no longer changes",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &scan_twice::SCENARIO,
            role: Role::NearFix,
            title: "scan until two scans agree: they agree on what never was",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &length::SCENARIO,
            role: Role::NearFix,
            title: "a length of two counts: the set is empty, and never was",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &length_under_locks::SCENARIO,
            role: Role::Alternative,
            title: "a length that is counted while both buckets are locked",
            verdicts: Verdicts::PASS,
            again: Again::passes(&length_under_locks::again::SCENARIO),
        },
        Version {
            scenario: &lock::SCENARIO,
            role: Role::Alternative,
            title: "a lock around the whole scan: the writer waits",
            verdicts: Verdicts::PASS,
            again: Again::passes(&lock::again::SCENARIO),
        },
        Version {
            scenario: &sequence::SCENARIO,
            role: Role::Alternative,
            title: "scan again if a sequence number changed: the scanner waits",
            verdicts: Verdicts::PASS,
            again: Again::except(&sequence::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
