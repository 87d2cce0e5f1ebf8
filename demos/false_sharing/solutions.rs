//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_aligned_ring = "wrong/aligned_ring.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_half_a_line = "wrong/half_a_line.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_slots_between = "wrong/slots_between.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_padded_tail = "wrong/padded_tail.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_room_before = "right/room_before.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
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
];
