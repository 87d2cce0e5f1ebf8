//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_board_aligned = "wrong/board_aligned.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_gauge_aligned = "wrong/gauge_aligned.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_read_twice = "wrong/read_twice.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_line_each = "wrong/line_each.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_two_arrays = "right/two_arrays.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "packed: no reading is aligned but by chance",
        mark: Mark::Reaches("SPLIT_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "sixteen bytes for a gauge, four of them a gap",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_board_aligned::SCENARIO,
        title: "the board starts on a cache line",
        mark: Mark::Reaches("SPLIT_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_gauge_aligned::SCENARIO,
        title: "each gauge starts at a multiple of sixteen, not its reading",
        mark: Mark::Reaches("SPLIT_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_read_twice::SCENARIO,
        title: "read until two readings agree",
        mark: Mark::Reaches("SPLIT_READING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: whole readings, for a display that waits",
        mark: Mark::Blocks("display"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_line_each::SCENARIO,
        title: "a cache line for each gauge",
        mark: Mark::FailsCase("the board has 256 bytes at most"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_two_arrays::SCENARIO,
        title: "kinds in one array, readings in another",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
