//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_traveller_copies = "wrong/traveller_copies.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_printed_then_changed = "wrong/printed_then_changed.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_frozen = "wrong/frozen.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "everybody holds the one timetable",
        mark: Mark::Reaches("CHANGED_IN_HAND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "a new timetable for each delay",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_traveller_copies::SCENARIO,
        title: "the traveller copies a timetable that is being changed",
        mark: Mark::Reaches("HALF_DELAYED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_printed_then_changed::SCENARIO,
        title: "a new timetable, handed out before it is right",
        mark: Mark::Reaches("CHANGED_IN_HAND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock around each look",
        mark: Mark::Reaches("CHANGED_IN_HAND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_frozen::SCENARIO,
        title: "a delay that nobody is told of",
        mark: Mark::FailsCase("delays add up"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "two times in one word, copied at once",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
