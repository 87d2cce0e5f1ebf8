//! A table is replaced, and its memory is to be given back while readers come and go.

use crate::course::{Again, Demo, Except, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod looks_first = "looks_first.rs", judged by "race.rs");
racelab::scenario!(pub mod unfenced = "unfenced.rs", judged by "race.rs");
racelab::scenario!(pub mod last_epoch_only = "last_epoch_only.rs", judged by "race.rs");
racelab::scenario!(pub mod one_epoch = "one_epoch.rs", judged by "race.rs");
racelab::scenario!(pub mod waits_for_ever = "fixed.rs", judged by "race_stays.rs");
racelab::scenario!(pub mod fills_up = "deferred.rs", judged by "race_stays.rs");
racelab::scenario!(pub mod deferred = "deferred.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod hazards = "hazards.rs", judged by "race_stays.rs", again by "again.rs");
racelab::scenario!(pub mod counted = "counted.rs", judged by "race_stays.rs", again by "again.rs");

/// The writer waits in a loop for ever.
const LIVELOCK: Verdicts = Verdicts::LIVELOCK
    .except(&[Except::loom("it follows a loop that waits for ever until it gives up")]);

/// The demo.
pub const DEMO: Demo = Demo {
    name: "reclamation",
    title: "memory is given back too early, too late, or never",
    part: Part::Memory,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "freed one replacement later: a grace period that is a guess",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "a grace period by epochs: wait for those who came before",
            verdicts: Verdicts::PASS,
            again: Again::except(&fixed::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &looks_first::SCENARIO,
            role: Role::NearFix,
            title: "a reader looks first, and says afterwards that it came",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &unfenced::SCENARIO,
            role: Role::NearFix,
            title: "epochs without the SeqCst fences",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &last_epoch_only::SCENARIO,
            role: Role::NearFix,
            title: "waits for the readers of the last epoch only",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &one_epoch::SCENARIO,
            role: Role::NearFix,
            title: "put aside, and freed one epoch later in place of two",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &waits_for_ever::SCENARIO,
            role: Role::NearFix,
            title: "the fixed version, and a reader that never leaves: the writer waits",
            verdicts: LIVELOCK,
            again: None,
        },
        Version {
            scenario: &fills_up::SCENARIO,
            role: Role::NearFix,
            title: "put aside, and a reader that never leaves: the memory fills up",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &deferred::SCENARIO,
            role: Role::Alternative,
            title: "put aside, and freed two epochs later: nobody waits",
            verdicts: Verdicts::PASS,
            again: Again::except(&deferred::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &hazards::SCENARIO,
            role: Role::Alternative,
            title: "a hazard pointer: whoever never leaves keeps one table",
            verdicts: Verdicts::PASS,
            again: Again::except(&hazards::again::SCENARIO, Again::TOO_MANY),
        },
        Version {
            scenario: &counted::SCENARIO,
            role: Role::Alternative,
            title: "a count in each table: the last to let go frees it",
            verdicts: Verdicts::PASS,
            again: Again::passes(&counted::again::SCENARIO),
        },
    ],
    cost: None,
};
