//! A panic inside a critical section, and what it leaves behind for the next one.

use racelab::demo::{Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
racelab::scenario!(pub mod catch_and_go_on = "catch_and_go_on.rs", judged by "race.rs");
racelab::scenario!(pub mod undo_half = "undo_half.rs", judged by "race.rs");
racelab::scenario!(pub mod dirty_mark = "dirty_mark.rs", judged by "race.rs");
racelab::scenario!(pub mod poison_heeded = "poison_heeded.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "poisoned-section",
    title: "a panic inside a critical section leaves half an insert behind",
    part: Part::Containers,
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
            title: "the value is made first, then everything is written",
            verdicts: Verdicts::PASS,
            again: None,
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
            scenario: &dirty_mark::SCENARIO,
            role: Role::Alternative,
            title: "a mark says that an update is under way; who finds it refuses",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &poison_heeded::SCENARIO,
            role: Role::Alternative,
            title: "the lock's own mark, poison, is heeded",
            verdicts: Verdicts::PASS,
            again: None,
        },
    ],
    cost: None,
};
