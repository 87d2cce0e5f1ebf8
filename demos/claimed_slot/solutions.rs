//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_look_again = "wrong/look_again.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_swap = "wrong/swap.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_one_try = "wrong/one_try.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_next_number = "wrong/next_number.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod right_taken_bits = "right/taken_bits.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_lock = "right/lock.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "look for a free bay, then take it",
        mark: Mark::Reaches("SAME_BAY"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "a bay is taken by compare-and-swap",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_look_again::SCENARIO,
        title: "the gate looks again after it has written the plate",
        mark: Mark::Reaches("SAME_BAY"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_swap::SCENARIO,
        title: "a plate is exchanged for what was there",
        mark: Mark::Reaches("WRONG_PLATE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_one_try::SCENARIO,
        title: "one compare-and-swap, and no second bay",
        mark: Mark::Reaches("TURNED_AWAY"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_next_number::SCENARIO,
        title: "the number of cars that came is the bay",
        mark: Mark::FailsCase("a bay that was left is free again"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_taken_bits::SCENARIO,
        title: "a bit for each bay is the claim",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_lock::SCENARIO,
        title: "a lock around looking and taking",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
