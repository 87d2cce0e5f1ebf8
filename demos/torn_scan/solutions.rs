//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_count_twice = "wrong/count_twice.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_put_first = "wrong/put_first.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_no_fences = "wrong/no_fences.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "shelf by shelf, while the forklift goes on",
        mark: Mark::Reaches("MISCOUNTED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the clerk counts again if the number of moves changed",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_count_twice::SCENARIO,
        title: "count until two counts agree",
        mark: Mark::Reaches("MISCOUNTED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_put_first::SCENARIO,
        title: "put the pallet down before it is taken up",
        mark: Mark::Reaches("MISCOUNTED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_no_fences::SCENARIO,
        title: "the number of moves, all Relaxed",
        mark: Mark::Reaches("MISCOUNTED"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: right counts, for a forklift that waits",
        mark: Mark::Blocks("forklift"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "all three shelves in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
