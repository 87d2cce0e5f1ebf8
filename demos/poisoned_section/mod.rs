//! A panic inside a critical section, and what it leaves behind for the next one.

// A guard across an `await` is what some versions are about.
#![allow(clippy::await_holding_lock)]

use crate::course::{Again, Demo, Except, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again_asks.rs");
racelab::scenario!(pub mod catch_and_go_on = "catch_and_go_on.rs", judged by "race.rs");
racelab::scenario!(pub mod undo_half = "undo_half.rs", judged by "race.rs");
racelab::scenario!(pub mod made_inside = "made_inside.rs", judged by "again_asks.rs");
racelab::scenario!(pub mod never_made = "never_made.rs", judged by "race.rs");
racelab::scenario!(pub mod cancelled = "cancelled.rs", judged by "race_cancelled.rs");
racelab::scenario!(pub mod made_by_the_first = "made_by_the_first.rs", judged by "race.rs", again by "again_asks.rs");
racelab::scenario!(pub mod awaited_first = "awaited_first.rs", judged by "race_cancelled.rs", again by "again_cancelled.rs");
racelab::scenario!(pub mod dirty_mark = "dirty_mark.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod poison_heeded = "poison_heeded.rs", judged by "race.rs", again by "again.rs");

/// Somebody waits for itself. loom stops before that.
const DEADLOCK: Verdicts = Verdicts::DEADLOCK
    .except(&[Except::loom("it ends at the panic that comes before the deadlock")]);

/// The demo.
pub const DEMO: Demo = Demo {
    name: "poisoned-section",
    title: "a panic inside a critical section leaves half an insert behind",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "tag, key and count, then the value is made; poison is ignored",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the value is made before the lock is taken, then everything is written",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &catch_and_go_on::SCENARIO,
            role: Role::NearFix,
            title: "poison is heeded, but the panic is caught inside the section",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &undo_half::SCENARIO,
            role: Role::NearFix,
            title: "the panic is caught and undone, but for the count",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &made_inside::SCENARIO,
            role: Role::NearFix,
            title: "the value made first, and under the lock: it may not ask the shard",
            verdicts: DEADLOCK,
            again: None,
        },
        Version {
            scenario: &never_made::SCENARIO,
            role: Role::NearFix,
            title: "counted, and then written to a map that nobody has made: a panic half way",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &cancelled::SCENARIO,
            role: Role::NearFix,
            title: "poison is heeded, and a task that is dropped half way leaves none",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &made_by_the_first::SCENARIO,
            role: Role::Alternative,
            title: "the map inside is made under the lock, by whoever needs it first",
            verdicts: Verdicts::PASS,
            again: Again::passes(&made_by_the_first::again::SCENARIO),
        },
        Version {
            scenario: &awaited_first::SCENARIO,
            role: Role::Alternative,
            title: "a task awaits its value first: dropped there, it has written nothing",
            verdicts: Verdicts::PASS,
            again: Again::passes(&awaited_first::again::SCENARIO),
        },
        Version {
            scenario: &dirty_mark::SCENARIO,
            role: Role::Alternative,
            title: "a mark says that an update is under way; whoever finds it refuses",
            verdicts: Verdicts::PASS,
            again: Again::passes(&dirty_mark::again::SCENARIO),
        },
        Version {
            scenario: &poison_heeded::SCENARIO,
            role: Role::Alternative,
            title: "the lock's own mark, poison, is heeded",
            verdicts: Verdicts::PASS,
            again: Again::passes(&poison_heeded::again::SCENARIO),
        },
    ],
    cost: None,
};
