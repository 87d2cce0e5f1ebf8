//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_swapped = "wrong/swapped.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_tried_once = "wrong/tried_once.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_old_word = "wrong/old_word.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_toggled = "wrong/toggled.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_byte_each = "right/byte_each.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "load, change a bit, store",
        mark: Mark::Reaches("ON_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the newest word, but for one bit, in one step",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_swapped::SCENARIO,
        title: "a swap of a word that was made from an old one",
        mark: Mark::Reaches("OFF_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_tried_once::SCENARIO,
        title: "a compare-and-swap that gives up",
        mark: Mark::Reaches("OFF_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_old_word::SCENARIO,
        title: "a compare-and-swap that tries again with the old word",
        mark: Mark::Reaches("ON_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_toggled::SCENARIO,
        title: "the bit is turned over",
        mark: Mark::FailsCase("a lamp that is on can be switched on"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock for all lamps",
        mark: Mark::Blocks("porter"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_byte_each::SCENARIO,
        title: "a byte for each lamp",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
