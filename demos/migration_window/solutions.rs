//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_start_only = "wrong/start_only.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_find_only = "wrong/find_only.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_relaxed = "wrong/relaxed.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_never_cleared = "wrong/never_cleared.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_lock = "wrong/lock.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_look_again = "right/look_again.rs", judged by "exercise_race.rs");

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "a job stops waiting, and then it runs",
        mark: Mark::Reaches("NOWHERE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "it runs before it stops waiting, and waiting is where one looks first",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_start_only::SCENARIO,
        title: "it runs before it stops waiting; one looks at the running first",
        mark: Mark::Reaches("NOWHERE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_find_only::SCENARIO,
        title: "one looks at the waiting first; it stops waiting before it runs",
        mark: Mark::Reaches("NOWHERE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_relaxed::SCENARIO,
        title: "both orders right, and nothing that keeps them",
        mark: Mark::Reaches("NOWHERE"),
        verdicts: Verdicts::WEAK,
    },
    Solution {
        scenario: &wrong_never_cleared::SCENARIO,
        title: "a job that runs goes on waiting",
        mark: Mark::FailsCase("a job that was started no longer waits"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock::SCENARIO,
        title: "a lock: every job is found, by a monitor that waits",
        mark: Mark::Blocks("monitor"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &right_look_again::SCENARIO,
        title: "running, waiting, and running once more",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
