//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_relaxed = "wrong/relaxed.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_release_everywhere = "wrong/release_everywhere.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_no_gate_yet = "wrong/no_gate_yet.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod right_lines_shown = "right/lines_shown.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "a line is lit, then written",
        mark: Mark::Reaches("NO_GATE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "a line is written, then lit with Release",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_relaxed::SCENARIO,
        title: "lit last, without Release and Acquire",
        mark: Mark::Reaches("NO_GATE"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_release_everywhere::SCENARIO,
        title: "Release and Acquire everywhere, and the order left as it was",
        mark: Mark::Reaches("NO_GATE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_no_gate_yet::SCENARIO,
        title: "a gate of 0 means that the line is not finished",
        mark: Mark::FailsCase("gate 0 is a gate"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: whole lines, for travellers who wait",
        mark: Mark::Blocks("traveller"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "flight and gate in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_lines_shown::SCENARIO,
        title: "the number of lines shown publishes them all",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
