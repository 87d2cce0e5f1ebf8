//! A word comes back to what it was, and what it stands for is not what it was.

use crate::course::{Again, Demo, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "race_reader.rs");
racelab::scenario!(pub mod look_again = "look_again.rs", judged by "race.rs");
racelab::scenario!(pub mod all_seqcst = "all_seqcst.rs", judged by "race.rs");
racelab::scenario!(pub mod one_bit = "one_bit.rs", judged by "again.rs");
racelab::scenario!(pub mod one_look = "one_look.rs", judged by "race_reader.rs");
racelab::scenario!(pub mod filled_relaxed = "filled_relaxed.rs", judged by "race_reader.rs");
racelab::scenario!(pub mod two_each = "fixed.rs", judged by "again.rs", again by "race_reader.rs");
racelab::scenario!(pub mod held = "held.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod hazards = "hazards.rs", judged by "race.rs", again by "race_reader.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "aba",
    title: "a snapshot is used again, and an exchange takes it for the one it saw",
    part: Part::Memory,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "a writer fills next what it has replaced, and numbers are compared",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "the word counts the exchanges beside the number",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &look_again::SCENARIO,
            role: Role::NearFix,
            title: "look once more before the exchange",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &all_seqcst::SCENARIO,
            role: Role::NearFix,
            title: "SeqCst everywhere",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &one_bit::SCENARIO,
            role: Role::NearFix,
            title: "a version of one bit: after two exchanges it is the same again",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &one_look::SCENARIO,
            role: Role::NearFix,
            title: "writers compare the version, and a reader does not",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &filled_relaxed::SCENARIO,
            role: Role::NearFix,
            title: "a reader compares the version too, and filling is Relaxed",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &two_each::SCENARIO,
            role: Role::Alternative,
            title: "the fixed version once more: two writers add two keys each",
            verdicts: Verdicts::PASS,
            again: Again::passes(&two_each::again::SCENARIO),
        },
        Version {
            scenario: &held::SCENARIO,
            role: Role::Alternative,
            title: "whoever compares a snapshot holds it: no other is in its memory",
            verdicts: Verdicts::PASS,
            again: Again::passes(&held::again::SCENARIO),
        },
        Version {
            scenario: &hazards::SCENARIO,
            role: Role::Alternative,
            title: "whoever uses a snapshot announces it, and nobody fills such a one",
            verdicts: Verdicts::PASS.except(Again::TOO_MANY),
            again: Again::passes(&hazards::again::SCENARIO),
        },
    ],
    cost: None,
};
