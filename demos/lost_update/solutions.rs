//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_unseen_result = "wrong/unseen_result.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_one_try = "wrong/one_try.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_look_again = "wrong/look_again.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_lock_the_store = "wrong/lock_the_store.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_stronger_orderings = "wrong/stronger_orderings.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod right_lock = "right/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod right_a_word_a_seat = "right/a_word_a_seat.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "look, then store the whole word",
        mark: Mark::Reaches("FREE_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "one read-modify-write that says what was there",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_unseen_result::SCENARIO,
        title: "a read-modify-write whose result nobody looks at",
        mark: Mark::Reaches("SOLD_TWICE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_one_try::SCENARIO,
        title: "compare-and-swap without a second try",
        mark: Mark::Reaches("REFUSED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_look_again::SCENARIO,
        title: "look once more before the store",
        mark: Mark::Reaches("FREE_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_lock_the_store::SCENARIO,
        title: "a lock around the store alone",
        mark: Mark::Reaches("FREE_AGAIN"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_stronger_orderings::SCENARIO,
        title: "Acquire and Release on the same two steps",
        mark: Mark::Reaches("SOLD_TWICE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &right_lock::SCENARIO,
        title: "a lock from the look to the sale",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_a_word_a_seat::SCENARIO,
        title: "a word for each seat",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
