//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_count_late = "wrong/count_late.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_plain_count = "wrong/plain_count.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_looked_at_once_more = "wrong/looked_at_once_more.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_one_grace = "wrong/one_grace.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_never_shredded = "wrong/never_shredded.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_announced = "right/announced.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_read_again = "right/read_again.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "a new sheet, and the old one shredded at once",
        mark: Mark::Reaches("SHREDS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "visitors are counted in before they look",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_count_late::SCENARIO,
        title: "visitors are counted in after they have looked",
        mark: Mark::Reaches("SHREDS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_plain_count::SCENARIO,
        title: "the count is read by a plain load",
        mark: Mark::Reaches("SHREDS"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_looked_at_once_more::SCENARIO,
        title: "a second look before the reading, and none after it",
        mark: Mark::Reaches("SHREDS"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_one_grace::SCENARIO,
        title: "the sheet before the last one stays",
        mark: Mark::FailsCase("the last sheet is read, and the others are shredded"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_never_shredded::SCENARIO,
        title: "nothing is shredded",
        mark: Mark::FailsCase("the last sheet is read, and the others are shredded"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: no shreds, for a visitor who waits",
        mark: Mark::Blocks("visitor"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_announced::SCENARIO,
        title: "the visitor announces the frame, and looks again",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_read_again::SCENARIO,
        title: "who reads shreds reads again",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
