//! Each write copies the whole map: readers never wait for it, and writers pay by the size.

use racelab::demo::{Demo, Part, Role, Verdicts, Version};

mod cost;

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
racelab::scenario!(pub mod no_writers_lock = "no_writers_lock.rs", judged by "race.rs");
racelab::scenario!(pub mod shards = "shards.rs", judged by "race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "copy-on-write",
    title: "each write copies the map: what that costs, and from where on it pays",
    part: Part::Costs,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "each write copies the whole map, and readers keep the old one",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "changed in place under one lock: right where writes are not rare",
            verdicts: Verdicts::PASS,
            again: None,
        },
        Version {
            scenario: &no_writers_lock::SCENARIO,
            role: Role::NearFix,
            title: "a copy without a lock for writers: two copy the same map",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &shards::SCENARIO,
            role: Role::Alternative,
            title: "changed in place, in four parts with a lock each",
            verdicts: Verdicts::PASS,
            again: None,
        },
    ],
    cost: Some(&cost::COST),
};
