//! Two threads write two counters that nobody shares, and slow each other down.

use crate::demo::{Demo, Mark, Part, Role, Solution, Verdicts, Version};

crate::scenario!(pub mod broken = "broken.rs", judged by "race.rs");
crate::scenario!(pub mod fixed = "fixed.rs", judged by "race.rs");
crate::scenario!(pub mod padded_to_16 = "padded_to_16.rs", judged by "race.rs");
crate::scenario!(pub mod padded_together = "padded_together.rs", judged by "race.rs");
crate::scenario!(pub mod padded_to_64 = "padded_to_64.rs", judged by "race.rs");

crate::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
crate::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
crate::scenario!(
    pub mod wrong_aligned_ring = "wrong/aligned_ring.rs", judged by "exercise_race.rs"
);
crate::scenario!(pub mod wrong_half_a_line = "wrong/half_a_line.rs", judged by "exercise_race.rs");
crate::scenario!(
    pub mod wrong_slots_between = "wrong/slots_between.rs", judged by "exercise_race.rs"
);
crate::scenario!(pub mod wrong_padded_tail = "wrong/padded_tail.rs", judged by "exercise_race.rs");
crate::scenario!(pub mod right_room_before = "right/room_before.rs", judged by "exercise_race.rs");

/// The demo.
pub const DEMO: Demo = Demo {
    name: "false-sharing",
    title: "two counters in one cache line slow two threads down",
    part: Part::Bytes,
    lesson: include_str!("lesson.md"),
    versions: &[
        Version {
            scenario: &broken::SCENARIO,
            role: Role::Broken,
            title: "two words side by side",
            verdicts: Verdicts::PASS,
        },
        Version {
            scenario: &fixed::SCENARIO,
            role: Role::Fixed,
            title: "each counter has two lines of 64 bytes to itself",
            verdicts: Verdicts::PASS,
        },
        Version {
            scenario: &padded_to_16::SCENARIO,
            role: Role::NearFix,
            title: "16 bytes for each: four of them still share a line",
            verdicts: Verdicts::PASS,
        },
        Version {
            scenario: &padded_together::SCENARIO,
            role: Role::NearFix,
            title: "the pair is aligned and padded, not the counters in it",
            verdicts: Verdicts::PASS,
        },
        Version {
            scenario: &padded_to_64::SCENARIO,
            role: Role::Alternative,
            title: "64 bytes for each: enough where a line has 64 and comes alone",
            verdicts: Verdicts::PASS,
        },
    ],
    exercise: &[
        Solution {
            scenario: &exercise::SCENARIO,
            title: "head, tail and slots side by side",
            mark: Mark::FailsCase("head shares no cache line with tail"),
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &answer::SCENARIO,
            title: "head and tail each on cache lines of its own",
            mark: Mark::Solved,
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &wrong_aligned_ring::SCENARIO,
            title: "the ring is aligned, not what is in it",
            mark: Mark::FailsCase("head shares no cache line with tail"),
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &wrong_half_a_line::SCENARIO,
            title: "half a line for each",
            mark: Mark::FailsCase("head shares no cache line with tail"),
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &wrong_slots_between::SCENARIO,
            title: "the slots between head and tail: too few to fill a line",
            mark: Mark::FailsCase("head shares no cache line with tail"),
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &wrong_padded_tail::SCENARIO,
            title: "only the tail is padded: the slots follow the head",
            mark: Mark::FailsCase("head shares no cache line with slots"),
            verdicts: Verdicts::PASS,
        },
        Solution {
            scenario: &right_room_before::SCENARIO,
            title: "a line of nothing before the head, and no alignment",
            mark: Mark::Solved,
            verdicts: Verdicts::PASS,
        },
    ],
};
