//! A reader waits for a key of a map, and nobody wakes it.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod unlocked_look = "unlocked_look.rs", judged by "race.rs");
racelab::scenario!(pub mod notify_first = "notify_first.rs", judged by "race.rs");
racelab::scenario!(pub mod no_loop = "no_loop.rs", judged by "again.rs");
racelab::scenario!(pub mod wrong_waiter = "wrong_waiter.rs", judged by "race_two.rs");
racelab::scenario!(pub mod two_readers = "fixed.rs", judged by "race_two.rs", again by "again.rs");
racelab::scenario!(pub mod place_each = "place_each.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod lock_to_wake = "lock_to_wake.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod kept_token = "kept_token.rs", judged by "race.rs", again by "again.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "lost-wakeup",
    title: "a reader waits for a key, and is not woken when it comes",
    part: Part::Locks,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "the value is put in without the lock that the reader holds",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "put in under the lock; look, sleep, and look again under it; wake all",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &unlocked_look::SCENARIO,
            role: Role::NearFix,
            title: "the lock is let go between the look and the sleep",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &notify_first::SCENARIO,
            role: Role::NearFix,
            title: "woken first, and put in afterwards",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &no_loop::SCENARIO,
            role: Role::NearFix,
            title: "woken once, and not looked again: it was another's wakeup",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &wrong_waiter::SCENARIO,
            role: Role::NearFix,
            title: "notify_one: the wrong reader wakes, and the right one sleeps on",
            verdicts: Verdicts::DEADLOCK,
            again: None,
        },
        Version {
            scenario: &two_readers::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: two readers wait for two keys",
            verdicts: Verdicts::PASS,
            again: Again::passes(&two_readers::again::SCENARIO),
        },
        Version {
            scenario: &place_each::SCENARIO,
            role: Role::Alternative,
            title: "a condition variable for each key",
            verdicts: Verdicts::PASS,
            again: Again::passes(&place_each::again::SCENARIO),
        },
        Version {
            scenario: &lock_to_wake::SCENARIO,
            role: Role::Alternative,
            title: "put in without the lock, which is taken and let go before waking",
            verdicts: Verdicts::PASS,
            again: Again::passes(&lock_to_wake::again::SCENARIO),
        },
        Version {
            scenario: &kept_token::SCENARIO,
            role: Role::Alternative,
            title: "park and unpark: a wakeup that comes too early is kept",
            verdicts: Verdicts::PASS,
            again: Again::passes(&kept_token::again::SCENARIO),
        },
    ],
    cost: None,
};
