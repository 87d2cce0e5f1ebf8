//! Each write copies the whole map: readers never wait for a copy, and writers pay by the size.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

mod cost;

racelab::scenario!(pub mod whole_copy = "whole_copy.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod in_place = "in_place.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod no_writers_lock = "no_writers_lock.rs", judged by "race.rs");
racelab::scenario!(pub mod shards = "shards.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "copy-on-write",
    title: "each write copies the map: what that costs, and from where on it pays",
    part: Part::Costs,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &whole_copy::SCENARIO,
            role: Role::Broken,
            title: "each write copies the whole map: right where writes are rare",
            verdicts: Verdicts::PASS,
            again: Again::passes(&whole_copy::again::SCENARIO),
        },
        Version {
            scenario: &in_place::SCENARIO,
            role: Role::Fixed,
            title: "changed in place under one lock: right where writes are not rare",
            verdicts: Verdicts::PASS,
            again: Again::passes(&in_place::again::SCENARIO),
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
            again: Again::passes(&shards::again::SCENARIO),
        },
    ],
    cost: Some(&cost::COST),
};
