//! Somebody holds a reference into a map and asks the map for another one.

// A guard across an `await` is what some versions are about.
#![allow(clippy::await_holding_lock)]

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod order_only = "order_only.rs", judged by "race_same.rs");
racelab::scenario!(pub mod one_by_one = "one_by_one.rs", judged by "race.rs");
racelab::scenario!(pub mod write_back = "write_back.rs", judged by "race.rs");
racelab::scenario!(pub mod callback_inside = "callback_inside.rs", judged by "race_visit.rs");
racelab::scenario!(pub mod guard_over_await = "guard_over_await.rs", judged by "race_await.rs");
racelab::scenario!(pub mod answer_first = "answer_first.rs", judged by "race_await.rs", again by "again_await.rs");
racelab::scenario!(pub mod copy_out = "copy_out.rs", judged by "race_visit.rs", again by "again_visit.rs");
racelab::scenario!(pub mod same_shard = "fixed.rs", judged by "race_same.rs", again by "again_same.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "held-reference",
    title: "two threads hold a reference into a map, and each waits for the other's",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the second shard is locked from inside the first",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "both shards are locked, always in one order",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &order_only::SCENARIO,
            role: Role::NearFix,
            title: "one order, and one shard twice when both keys are in it",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &one_by_one::SCENARIO,
            role: Role::NearFix,
            title: "one shard at a time: no deadlock, and a total that never was",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &write_back::SCENARIO,
            role: Role::NearFix,
            title: "copied out, changed, written back: no deadlock, and a lost update",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &callback_inside::SCENARIO,
            role: Role::NearFix,
            title: "a callback that only reads, called under the lock",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &guard_over_await::SCENARIO,
            role: Role::NearFix,
            title: "a task keeps its guard across an await, and its thread runs another task",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &answer_first::SCENARIO,
            role: Role::Alternative,
            title: "a task awaits first, and locks for the change alone",
            verdicts: Verdicts::PASS,
            again: Again::passes(&answer_first::again::SCENARIO),
        },
        Version {
            scenario: &copy_out::SCENARIO,
            role: Role::Alternative,
            title: "a callback that only reads gets a copy, without the lock",
            verdicts: Verdicts::PASS,
            again: Again::except(&copy_out::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &same_shard::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: both keys in one shard",
            verdicts: Verdicts::PASS,
            again: Again::passes(&same_shard::again::SCENARIO),
        },
    ],
    cost: None,
};
