//! A map grows bit by bit, and a reader misses a key that is always there.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod mark_relaxed = "mark_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod mark_no_recheck = "mark_no_recheck.rs", judged by "race.rs");
racelab::scenario!(pub mod new_then_old = "new_then_old.rs", judged by "race.rs");
racelab::scenario!(pub mod old_then_new = "old_then_new.rs", judged by "race_back.rs");
racelab::scenario!(pub mod version_relaxed = "version_relaxed.rs", judged by "race_back.rs");
racelab::scenario!(pub mod writer_beside = "writer_beside.rs", judged by "race_writer.rs");
racelab::scenario!(pub mod recheck = "recheck.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod version = "version.rs", judged by "race_back.rs", again by "again_back.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "migration-window",
    title: "a key that is always there is missed while its bucket moves",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the bucket is marked as moved, and then its entries are copied",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "copied, then marked; the old entries stay where they are",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &mark_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "copied, then marked, but without Release and Acquire",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &mark_no_recheck::SCENARIO,
            role: Role::NearFix,
            title: "copied, marked, and the old entries cleared at once",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &new_then_old::SCENARIO,
            role: Role::NearFix,
            title: "no mark: the new bucket first, then the old one",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &old_then_new::SCENARIO,
            role: Role::NearFix,
            title: "the old bucket first: right until a key moves back",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &version_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "look again if a count of moves changed: a Relaxed count",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &writer_beside::SCENARIO,
            role: Role::NearFix,
            title: "the fixed version with a writer beside it: it writes to what was just copied",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &recheck::SCENARIO,
            role: Role::Alternative,
            title: "copied, marked, cleared; after a miss the mark is read again",
            verdicts: Verdicts::PASS,
            again: Again::passes(&recheck::again::SCENARIO),
        },
        Version {
            scenario: &version::SCENARIO,
            role: Role::Alternative,
            title: "look again if a count of moves changed: keys may move back",
            verdicts: Verdicts::PASS,
            again: Again::except(&version::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
