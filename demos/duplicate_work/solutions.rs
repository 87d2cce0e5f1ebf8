//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_first_wins = "wrong/first_wins.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_two_locks = "wrong/two_locks.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_flag_first = "wrong/flag_first.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_ready_relaxed = "wrong/ready_relaxed.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_never_again = "wrong/never_again.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "look, dial, store",
        mark: Mark::Reaches("TWO_CONNECTIONS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "a lock, held while dialling",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_first_wins::SCENARIO,
        title: "the first connection stored is the one that all use",
        mark: Mark::Reaches("DIALLED_TWICE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_two_locks::SCENARIO,
        title: "a lock to look and a lock to store",
        mark: Mark::Reaches("TWO_CONNECTIONS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_flag_first::SCENARIO,
        title: "a flag says that somebody dials, and nobody waits",
        mark: Mark::Reaches("NO_CONNECTION"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_ready_relaxed::SCENARIO,
        title: "all wait for the one who dials, without Release and Acquire",
        mark: Mark::Reaches("NO_CONNECTION"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_never_again::SCENARIO,
        title: "dialled once, and never again",
        mark: Mark::FailsCase("after hanging up the next one dials again"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "one word: none, dialling, or the number",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
