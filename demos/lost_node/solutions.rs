//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_exchange_relaxed = "wrong/exchange_relaxed.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_look_again = "wrong/look_again.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_swap_then_link = "wrong/swap_then_link.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_swap_out = "wrong/swap_out.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_in_a_row = "right/in_a_row.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_lock = "right/lock.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "look at the top, then store a new one",
        mark: Mark::Reaches("NOTE_LOST"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the top is exchanged if it has not changed",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_exchange_relaxed::SCENARIO,
        title: "the exchange without Release and Acquire",
        mark: Mark::Reaches("NO_TEXT"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_look_again::SCENARIO,
        title: "look again whether one's note is on top",
        mark: Mark::Reaches("NOTE_LOST"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_swap_then_link::SCENARIO,
        title: "swap the top, then link to what was under it",
        mark: Mark::Reaches("NOT_FOUND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_swap_out::SCENARIO,
        title: "take the top off, and put the new one in its place",
        mark: Mark::Reaches("NOT_FOUND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &right_in_a_row::SCENARIO,
        title: "notes side by side, in places handed out",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_lock::SCENARIO,
        title: "a lock around pinning and reading",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
