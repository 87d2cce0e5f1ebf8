//! A hash slot moves to another node, and a write that was acknowledged is gone.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod check_then_execute = "check_then_execute.rs", judged by "race.rs");
racelab::scenario!(pub mod mark_after_delete = "mark_after_delete.rs", judged by "race.rs");
racelab::scenario!(pub mod asking_forgotten = "asking_forgotten.rs", judged by "race.rs");
racelab::scenario!(pub mod straight_to_target = "straight_to_target.rs", judged by "race.rs");
racelab::scenario!(pub mod key_by_key = "key_by_key.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "slot-migration",
    title: "a slot moves to another node, and an acknowledged write is gone",
    part: Part::Growth,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "copied, then deleted: two critical sections, and a write in between",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "copied, deleted and redirected while the source does nothing else",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &check_then_execute::SCENARIO,
            role: Role::NearFix,
            title: "the slot was here when the node looked, not when it executed",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &mark_after_delete::SCENARIO,
            role: Role::NearFix,
            title: "the keys have gone, and clients are not yet sent after them",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &asking_forgotten::SCENARIO,
            role: Role::NearFix,
            title: "a redirect is followed without ASKING: the target sends back",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &straight_to_target::SCENARIO,
            role: Role::NearFix,
            title: "a write at the target before the keys: they replace it",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &key_by_key::SCENARIO,
            role: Role::Alternative,
            title: "marked first, then moved key by key, as Redis Cluster does",
            verdicts: Verdicts::PASS,
            again: Again::except(&key_by_key::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
