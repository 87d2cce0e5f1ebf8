//! A key is deleted, and a reader still finds it, with a value that is not its own.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race_reuse.rs", again by "again.rs");
racelab::scenario!(pub mod tombstone_first = "tombstone_first.rs", judged by "race.rs");
racelab::scenario!(pub mod never_cleared = "never_cleared.rs", judged by "race_reuse.rs");
racelab::scenario!(pub mod validate = "validate.rs", judged by "race_reuse.rs");
racelab::scenario!(pub mod version = "version.rs", judged by "race_reuse.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "ghost-read",
    title: "a deleted key is found, with a value that is not its own",
    part: Part::InsideTheMap,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the value is cleared, then the tag says that the key is gone",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the tag alone changes, and nobody takes the slot again",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &tombstone_first::SCENARIO,
            role: Role::NearFix,
            title: "the tag first, and then the value is cleared",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &never_cleared::SCENARIO,
            role: Role::NearFix,
            title: "the tag alone changes, and the next key takes the slot",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &validate::SCENARIO,
            role: Role::NearFix,
            title: "the reader looks at the tag again, and it may be another key's",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &version::SCENARIO,
            role: Role::Alternative,
            title: "the reader looks at the tag again, and each tag has a version",
            verdicts: Verdicts::PASS,
            again: Again::except(&version::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
