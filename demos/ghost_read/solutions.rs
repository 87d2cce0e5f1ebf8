//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_session_first = "wrong/session_first.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_user_stays = "wrong/user_stays.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_no_user_zero = "wrong/no_user_zero.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_looks_again = "wrong/looks_again.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_word = "right/one_word.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod right_looks_again = "right/looks_again.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "the user is cleared, then the session is closed",
        mark: Mark::Reaches("ADMINISTRATOR"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "the session is closed, and its place stays as it is",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_session_first::SCENARIO,
        title: "the session is closed, then the user is cleared",
        mark: Mark::Reaches("ADMINISTRATOR"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_user_stays::SCENARIO,
        title: "the user stays until the next session takes the place",
        mark: Mark::Reaches("SOMEBODY_ELSE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_no_user_zero::SCENARIO,
        title: "user 0 counts as no user",
        mark: Mark::FailsCase("an open session has its user"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_looks_again::SCENARIO,
        title: "the request looks at the session again, without fences",
        mark: Mark::Reaches("ADMINISTRATOR"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: right users, for requests that wait",
        mark: Mark::Blocks("request"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_one_word::SCENARIO,
        title: "session and user in one word",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_looks_again::SCENARIO,
        title: "the request looks at the session again, with fences",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
