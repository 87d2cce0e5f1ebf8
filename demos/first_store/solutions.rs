//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_value_first = "wrong/value_first.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_claim_the_unit = "wrong/claim_the_unit.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_value_then_claim = "wrong/value_then_claim.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_mark_read = "wrong/mark_read.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_relaxed_mark = "wrong/relaxed_mark.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_lock = "right/lock.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "the unit, then the value",
        mark: Mark::Reaches("NO_VALUE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "a mark in place of the unit until the value is in",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_value_first::SCENARIO,
        title: "the value, then the unit",
        mark: Mark::Reaches("WRONG_UNIT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_claim_the_unit::SCENARIO,
        title: "compare-and-swap on the unit, then the value",
        mark: Mark::Reaches("NO_VALUE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_value_then_claim::SCENARIO,
        title: "the value, then compare-and-swap on the unit",
        mark: Mark::FailsCase("the other unit is refused, and the value stays"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_mark_read::SCENARIO,
        title: "a mark that readers take for a unit",
        mark: Mark::Reaches("WRONG_UNIT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_relaxed_mark::SCENARIO,
        title: "the mark, without Release and Acquire",
        mark: Mark::Reaches("NO_VALUE"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "unit and value in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_lock::SCENARIO,
        title: "a lock around both",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
