//! A writer writes to a bucket that is being moved, and its finished write is lost.

use crate::course::{Again, Demo, Except, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod look_outside = "look_outside.rs", judged by "race.rs");
racelab::scenario!(pub mod look_again = "look_again.rs", judged by "race.rs");
racelab::scenario!(pub mod write_both = "write_both.rs", judged by "race.rs");
racelab::scenario!(pub mod both_move = "both_move.rs", judged by "race.rs");
racelab::scenario!(pub mod copied_over = "copied_over.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod mark_relaxed = "mark_relaxed.rs", judged by "race_reader.rs");
racelab::scenario!(
    pub mod move_first = "move_first.rs", judged by "race_reader.rs", again by "again_reader.rs"
);
racelab::scenario!(pub mod freeze = "freeze.rs", judged by "race.rs", again by "again.rs");

/// loom lets a write that overtook a copy be older than the copy that fails because of it.
const STORE_AND_EXCHANGE: &[Except] = &[Except::loom(
    "a plain store races a read-modify-write on one word, and loom orders the two in no way",
)];

/// The demo.
pub const DEMO: Demo = Demo {
    name: "write-beside-migration",
    title: "a finished write is lost while its bucket moves",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "look where the key is, and write there",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the bucket's lock for whoever moves it or writes to it; readers take none",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &look_outside::SCENARIO,
            role: Role::NearFix,
            title: "the lock around the write, and the look before it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &look_again::SCENARIO,
            role: Role::NearFix,
            title: "write, then look again where the key is",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &write_both::SCENARIO,
            role: Role::NearFix,
            title: "write to the old place and to the new one",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &both_move::SCENARIO,
            role: Role::NearFix,
            title: "move the bucket, then write: two threads may move it at once",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &copied_over::SCENARIO,
            role: Role::NearFix,
            title: "freeze each value, then copy it over what is in its new place",
            verdicts: Verdicts::FORBIDDEN,
            again: Again::fails(&copied_over::again::SCENARIO),
        },
        Version {
            scenario: &mark_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the fixed version without Release and Acquire: readers take no lock",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &move_first::SCENARIO,
            role: Role::Alternative,
            title: "move the bucket, then write; a lock lets one thread move it",
            verdicts: Verdicts::PASS,
            again: Again::passes(&move_first::again::SCENARIO),
        },
        Version {
            scenario: &freeze::SCENARIO,
            role: Role::Alternative,
            title: "freeze each value, and copy it only where nothing is yet: no lock",
            verdicts: Verdicts::PASS.except(STORE_AND_EXCHANGE),
            again: Again::except(&freeze::again::SCENARIO, STORE_AND_EXCHANGE),
        },
    ],
    cost: None,
};
