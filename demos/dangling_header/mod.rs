//! A map frees its old header while a reader still uses it.

use crate::course::{Again, Demo, Except, Expect, Part, Role, Verdicts, Version};
use racelab::report::Kind;

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod look_then_count = "look_then_count.rs", judged by "race.rs");
racelab::scenario!(pub mod plain_count = "plain_count.rs", judged by "race.rs");
racelab::scenario!(pub mod count_in_header = "count_in_header.rs", judged by "race.rs");
racelab::scenario!(pub mod hazard_unchecked = "hazard_unchecked.rs", judged by "race.rs");
racelab::scenario!(pub mod hazard_unfenced = "hazard_unfenced.rs", judged by "race.rs");
racelab::scenario!(pub mod announced_relaxed = "announced_relaxed.rs", judged by "again.rs");
racelab::scenario!(pub mod used_again = "used_again.rs", judged by "again.rs");
racelab::scenario!(pub mod last_relaxed = "last_relaxed.rs", judged by "race.rs");
racelab::scenario!(pub mod lock_and_count = "lock_and_count.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod hazard = "hazard.rs", judged by "race_twice.rs", again by "again.rs");

/// An interleaving ends in a freed header; with reordering it is a data race before that.
/// loom ends at the first access that nothing orders.
const USED_AGAIN: Verdicts = Verdicts::FORBIDDEN
    .except(&[Except { engine: "loom", expect: Expect::Fails(Kind::DataRace) }]);

/// The demo.
pub const DEMO: Demo = Demo {
    name: "dangling-header",
    title: "a reader uses a header that has been freed",
    part: Part::Ordering,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "replaced, and freed at once",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "readers count themselves in before they look",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &look_then_count::SCENARIO,
            role: Role::NearFix,
            title: "readers count themselves in after they have looked",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &plain_count::SCENARIO,
            role: Role::NearFix,
            title: "the count of readers is read by a plain load",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &count_in_header::SCENARIO,
            role: Role::NearFix,
            title: "the count is in the header, without a lock",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &hazard_unchecked::SCENARIO,
            role: Role::NearFix,
            title: "a hazard pointer without a second look",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &hazard_unfenced::SCENARIO,
            role: Role::NearFix,
            title: "a hazard pointer without fences",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &announced_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "a hazard pointer announced Relaxed: the next announcement hides the last",
            verdicts: Verdicts::DATA_RACE,
            again: None,
        },
        Version {
            scenario: &used_again::SCENARIO,
            role: Role::NearFix,
            title: "the count under a lock, of a header that is used again with its last count",
            verdicts: USED_AGAIN,
            again: None,
        },
        Version {
            scenario: &last_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "the count under a lock, and the last to let go frees without Acquire",
            verdicts: Verdicts::DATA_RACE,
            again: None,
        },
        Version {
            scenario: &lock_and_count::SCENARIO,
            role: Role::Alternative,
            title: "the count is in the header, taken under a lock",
            verdicts: Verdicts::PASS,
            again: Again::passes(&lock_and_count::again::SCENARIO),
        },
        Version {
            scenario: &hazard::SCENARIO,
            role: Role::Alternative,
            title: "a hazard pointer: announce, fence, look again",
            verdicts: Verdicts::PASS,
            again: Again::except(&hazard::again::SCENARIO, Again::TOO_MANY),
        },
    ],
    cost: None,
};
