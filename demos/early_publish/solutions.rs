//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_only_release = "wrong/only_release.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_fence_too_early = "wrong/fence_too_early.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_parcel_released = "wrong/parcel_released.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_look_twice = "wrong/look_twice.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lamp_first = "wrong/lamp_first.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod right_number_last = "right/number_last.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "the parcel, then the lamp, both Relaxed",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the lamp with Release and Acquire",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_only_release::SCENARIO,
        title: "Release without Acquire",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_fence_too_early::SCENARIO,
        title: "the fence of the customer before the look at the lamp",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_parcel_released::SCENARIO,
        title: "Release and Acquire on the parcel, none on the lamp",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_look_twice::SCENARIO,
        title: "the customer looks twice",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_lamp_first::SCENARIO,
        title: "Release and Acquire on the lamp, which is lit first",
        mark: Mark::Reaches("EMPTY_LOCKER"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: the parcel is there, for a customer who waits",
        mark: Mark::Blocks("customer"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "number and weight in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_number_last::SCENARIO,
        title: "no lamp: the number is stored last",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
