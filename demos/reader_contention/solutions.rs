//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_two_words = "wrong/two_words.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_two_slots = "wrong/two_slots.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock_each = "wrong/lock_each.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_half_words = "wrong/half_words.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_kept_behind = "right/kept_behind.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "one lock, to which every customer writes",
        mark: Mark::Blocks("customer"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "both in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_two_words::SCENARIO,
        title: "a word each: they need not belong together",
        mark: Mark::Reaches("MIXED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_two_slots::SCENARIO,
        title: "two slots in turn: the second change meets a reader of the first price",
        mark: Mark::Reaches("MIXED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_lock_each::SCENARIO,
        title: "two locks, and a count of turns that every customer writes",
        mark: Mark::Blocks("customer"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_half_words::SCENARIO,
        title: "both in one word that is too small",
        mark: Mark::FailsCase("the largest amount fits, and so does the largest currency"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_kept_behind::SCENARIO,
        title: "a pointer to the last price, and the others kept",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
