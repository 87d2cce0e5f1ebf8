//! An iterator goes through a set that is rehashed, and shows a key twice, or never.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod shown_before = "shown_before.rs", judged by "race.rs");
racelab::scenario!(pub mod start_again = "start_again.rs", judged by "race.rs");
racelab::scenario!(pub mod old_table = "old_table.rs", judged by "race_remove.rs");
racelab::scenario!(
    pub mod removes = "fixed.rs", judged by "race_remove.rs", again by "again_remove.rs"
);
racelab::scenario!(
    pub mod highest_bit_first = "highest_bit_first.rs",
    judged by "race_scan.rs", again by "again_scan.rs"
);
racelab::scenario!(
    pub mod copied_at_once = "copied_at_once.rs", judged by "race.rs", again by "again.rs"
);

/// The demo.
pub const DEMO: Demo = Demo {
    name: "rehash-under-iterator",
    title: "an iterator shows a key twice, or never, because the table was rehashed",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "bucket by bucket, however many there are",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "through the table that it began with, asking the current one for each key",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &shown_before::SCENARIO,
            role: Role::NearFix,
            title: "remember what was shown: no key twice, and some never",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &start_again::SCENARIO,
            role: Role::NearFix,
            title: "begin anew when the number of buckets has changed",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &old_table::SCENARIO,
            role: Role::NearFix,
            title: "through the table that it began with, and show what was in it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &removes::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more, which removes keys on the way",
            verdicts: Verdicts::PASS,
            again: Again::passes(&removes::again::SCENARIO),
        },
        Version {
            scenario: &highest_bit_first::SCENARIO,
            role: Role::Alternative,
            title: "count from the highest bit: each key at least once",
            verdicts: Verdicts::PASS,
            again: Again::passes(&highest_bit_first::again::SCENARIO),
        },
        Version {
            scenario: &copied_at_once::SCENARIO,
            role: Role::Alternative,
            title: "copy all keys under one lock, and show the copy",
            verdicts: Verdicts::PASS,
            again: Again::passes(&copied_at_once::again::SCENARIO),
        },
    ],
    cost: None,
};
