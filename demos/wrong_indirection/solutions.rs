//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_format_1 = "wrong/format_1.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_format_2 = "wrong/format_2.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_newest_or_first = "wrong/newest_or_first.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_guessed = "wrong/guessed.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_typed = "right/typed.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "what the ticket leads to is taken for the record",
        mark: Mark::Reaches("PLACE_AS_PAGES"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the card is followed, and the format looked at",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_format_1::SCENARIO,
        title: "the right level, by format 1",
        mark: Mark::Reaches("NUMBER_AS_PAGES"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_format_2::SCENARIO,
        title: "the right level, by format 2",
        mark: Mark::FailsCase("a record of format 1 begins with its pages"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_newest_or_first::SCENARIO,
        title: "what is not of format 1 must be of format 2",
        mark: Mark::FailsCase("a format that nobody knows is refused"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_guessed::SCENARIO,
        title: "a guess by the size of the number",
        mark: Mark::FailsCase("a record of format 2 may be longer than its number"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_typed::SCENARIO,
        title: "a record becomes a type first",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
