//! Two threads say something and then look at what the other says, and neither sees it.

use crate::course::{Again, Demo, Except, Part, Role, Verdicts, Version};

racelab::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
racelab::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod look_first = "look_first.rs", judged by "race.rs");
racelab::scenario!(pub mod one_fence = "one_fence.rs", judged by "race.rs");
racelab::scenario!(pub mod fences_first = "fences_first.rs", judged by "race.rs");
racelab::scenario!(pub mod acqrel_fences = "acqrel_fences.rs", judged by "race.rs");
racelab::scenario!(pub mod exchanges = "exchanges.rs", judged by "race.rs");
racelab::scenario!(pub mod seqcst = "seqcst.rs", judged by "race.rs", again by "again.rs");
racelab::scenario!(pub mod one_word = "one_word.rs", judged by "race.rs", again by "again.rs");

/// loom would report what cannot be.
const SEQCST: &[Except] = &[Except::loom("it takes SeqCst loads and stores for weaker ones")];

/// The demo.
pub const DEMO: Demo = Demo {
    name: "store-buffering",
    title: "two threads announce themselves, then look, and neither sees the other",
    part: Part::Ordering,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "each says it with Release, and looks with Acquire",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "on both sides a SeqCst fence between saying and looking",
            verdicts: Verdicts::PASS,
            again: Again::passes(&fixed::again::SCENARIO),
        },
        Version {
            scenario: &look_first::SCENARIO,
            role: Role::NearFix,
            title: "the reader looks first, and says afterwards that it is there",
            verdicts: Verdicts::FORBIDDEN,
            again: None,
        },
        Version {
            scenario: &one_fence::SCENARIO,
            role: Role::NearFix,
            title: "a SeqCst fence on one side only",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &fences_first::SCENARIO,
            role: Role::NearFix,
            title: "SeqCst fences before saying it",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &acqrel_fences::SCENARIO,
            role: Role::NearFix,
            title: "AcqRel fences in the right place",
            verdicts: Verdicts::WEAK_ON_X86,
            again: None,
        },
        Version {
            scenario: &exchanges::SCENARIO,
            role: Role::NearFix,
            title: "said by exchanges: right on x86, and not in the language",
            verdicts: Verdicts::WEAK,
            again: None,
        },
        Version {
            scenario: &seqcst::SCENARIO,
            role: Role::Alternative,
            title: "said and looked at with SeqCst",
            verdicts: Verdicts::PASS.except(SEQCST),
            again: Again::except(&seqcst::again::SCENARIO, SEQCST),
        },
        Version {
            scenario: &one_word::SCENARIO,
            role: Role::Alternative,
            title: "both in one word, by read-modify-writes, without a fence",
            verdicts: Verdicts::PASS,
            again: Again::passes(&one_word::again::SCENARIO),
        },
    ],
    cost: None,
};
