//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Mark, Solution, Verdicts};

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_unlocked_copy = "wrong/unlocked_copy.rs", judged by "exercise_race.rs"
);
racelab::scenario!(pub mod wrong_two_steps = "wrong/two_steps.rs", judged by "exercise_race.rs");
racelab::scenario!(
    pub mod wrong_copy_when_asked = "wrong/copy_when_asked.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod wrong_lock_a_page = "wrong/lock_a_page.rs", judged by "exercise_race.rs"
);
racelab::scenario!(
    pub mod right_only_if_shared = "right/only_if_shared.rs", judged by "exercise_race.rs"
);

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "each change copies all pages",
        mark: Mark::FailsCase("a change copies no other page"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "each change copies the two pages that it changes",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_unlocked_copy::SCENARIO,
        title: "two changes begin with the same list",
        mark: Mark::Reaches("LOST"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_two_steps::SCENARIO,
        title: "one page after the other, and a customer in between",
        mark: Mark::Reaches("HALF"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_copy_when_asked::SCENARIO,
        title: "changed in place, and copied for everybody who asks",
        mark: Mark::FailsCase("asking for a list copies no page"),
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_lock_a_page::SCENARIO,
        title: "a lock for each page: a list of different moments",
        mark: Mark::Reaches("HALF"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &right_only_if_shared::SCENARIO,
        title: "copied only if somebody has it",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
