//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_taken_out = "wrong/taken_out.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_sign_first = "wrong/sign_first.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_ask_then_put = "wrong/ask_then_put.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_look_again = "wrong/look_again.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_stays = "wrong/stays.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod right_merged_later = "right/merged_later.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "copied, and then thrown away with what came in between",
        mark: Mark::Reaches("LOST"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "copied, emptied and signposted in one critical section",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_taken_out::SCENARIO,
        title: "taken out, carried over, and then signposted",
        mark: Mark::Reaches("LEFT_BEHIND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_sign_first::SCENARIO,
        title: "signposted first: who follows the sign comes before the letters",
        mark: Mark::Reaches("MISSED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_ask_then_put::SCENARIO,
        title: "the postman asks where the box is, and then goes there",
        mark: Mark::Reaches("LEFT_BEHIND"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_look_again::SCENARIO,
        title: "looked into once more before it is thrown away",
        mark: Mark::Reaches("LOST"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_stays::SCENARIO,
        title: "the box does not move",
        mark: Mark::FailsCase("the letters move with the box"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &right_merged_later::SCENARIO,
        title: "two steps, and both offices are looked at, one lock inside the other",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
