//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_careful_order = "wrong/careful_order.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_read_twice = "wrong/read_twice.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_two_slots = "wrong/two_slots.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_relaxed_slots = "wrong/relaxed_slots.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_pointer = "right/one_pointer.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "degrees and time, one after the other",
        mark: Mark::Reaches("TORN_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "both numbers in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_careful_order::SCENARIO,
        title: "time written last and read first, with Release and Acquire",
        mark: Mark::Reaches("TORN_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_read_twice::SCENARIO,
        title: "read until the time before and the time after agree",
        mark: Mark::Reaches("TORN_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_two_slots::SCENARIO,
        title: "two places in turn: the one being read is written again",
        mark: Mark::Reaches("TORN_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_relaxed_slots::SCENARIO,
        title: "places enough, but nothing makes their number arrive last",
        mark: Mark::Reaches("TORN_READING"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: whole readings, for a display that waits",
        mark: Mark::Blocks("display"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_pointer::SCENARIO,
        title: "one pointer to a reading that no longer changes",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
