//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_caught = "wrong/caught.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_new_seat_first = "wrong/new_seat_first.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_best_guess = "wrong/best_guess.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_asked_between = "wrong/asked_between.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_swallowed = "wrong/swallowed.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_put_back = "right/put_back.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "taken off the seat, agreed, put on the other",
        mark: Mark::Reaches("NO_SEAT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "agreed first, then moved",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_caught::SCENARIO,
        title: "the panic is caught, so that it cannot poison the lock",
        mark: Mark::Reaches("NO_SEAT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_new_seat_first::SCENARIO,
        title: "the new seat is filled before the old one is cleared",
        mark: Mark::Reaches("TWO_SEATS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_best_guess::SCENARIO,
        title: "moved first, and back if somebody says no",
        mark: Mark::Reaches("WRONG_SEAT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_asked_between::SCENARIO,
        title: "put back after a panic too, but the lock was free meanwhile",
        mark: Mark::Reaches("NO_SEAT"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_swallowed::SCENARIO,
        title: "a panic counts as a no",
        mark: Mark::FailsCase("a panic goes on to the caller"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_put_back::SCENARIO,
        title: "a guard puts the guest back",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
