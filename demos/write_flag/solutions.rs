//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_look_twice = "wrong/look_twice.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_look_after = "wrong/look_after.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_relaxed = "wrong/relaxed.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_two_signs = "wrong/two_signs.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_count_only = "wrong/count_only.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "look at the sign, then hang it out",
        mark: Mark::Reaches("NOT_IN_THE_MINUTES"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "look at the sign and hang it out in one exchange",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_look_twice::SCENARIO,
        title: "look at the sign twice",
        mark: Mark::Reaches("NOT_IN_THE_MINUTES"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_look_after::SCENARIO,
        title: "look again after the meeting, as Go's maps do",
        mark: Mark::Reaches("NOT_IN_THE_MINUTES"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_relaxed::SCENARIO,
        title: "the exchange without Release and Acquire",
        mark: Mark::Reaches("NOT_IN_THE_MINUTES"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_two_signs::SCENARIO,
        title: "everybody hangs out a sign, then looks for another",
        mark: Mark::Reaches("NO_MEETING"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_count_only::SCENARIO,
        title: "no sign: the minutes are right, and two meet in one room",
        mark: Mark::NeverReaches("SENT_AWAY"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: nobody is sent away, and everybody waits",
        mark: Mark::Blocks("anna"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "the sign is a bit of the minutes",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
