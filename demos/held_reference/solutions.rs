//! The exercise: where it starts, its answer, and solutions whose mark is known.
//!
//! Compiled into the tests, not into the library.

use racelab::demo::{Expect, Mark, Solution, Verdicts};
use racelab::report::Kind;

racelab::scenario!(pub mod exercise = "exercise.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod answer = "answer.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_order_only = "wrong/order_only.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_let_go_only = "wrong/let_go_only.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_one_at_a_time = "wrong/one_at_a_time.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_write_back = "wrong/write_back.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod wrong_never_told = "wrong/never_told.rs", judged by "exercise_race.rs");
racelab::scenario!(pub mod right_one_lock = "right/one_lock.rs", judged by "exercise_race.rs");

/// Both engines find that no thread can move.
const DEADLOCK: Verdicts =
    Verdicts { interleavings: Expect::Fails(Kind::Deadlock), loom: Expect::Fails(Kind::Deadlock) };

/// The start first, then the answer.
pub const SOLUTIONS: &[Solution] = &[
    Solution {
        scenario: &exercise::SCENARIO,
        title: "two orders, and a call with both shelves locked",
        mark: Mark::Fails(Kind::Deadlock),
        verdicts: DEADLOCK,
    },
    Solution {
        scenario: &answer::SCENARIO,
        title: "one order, and both let go before the call",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
    Solution {
        scenario: &wrong_order_only::SCENARIO,
        title: "one order, but the call comes with both shelves locked",
        mark: Mark::Fails(Kind::Deadlock),
        verdicts: DEADLOCK,
    },
    Solution {
        scenario: &wrong_let_go_only::SCENARIO,
        title: "both let go before the call, but two orders",
        mark: Mark::Fails(Kind::Deadlock),
        verdicts: DEADLOCK,
    },
    Solution {
        scenario: &wrong_one_at_a_time::SCENARIO,
        title: "one shelf at a time: on the way the pieces are nowhere",
        mark: Mark::Reaches("MISCOUNTED"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_write_back::SCENARIO,
        title: "copied out and written back: what was sold comes back",
        mark: Mark::Reaches("LOST_UPDATE"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &wrong_never_told::SCENARIO,
        title: "the call is left out",
        mark: Mark::FailsCase("what is restocked lies in the window"),
        verdicts: Verdicts::FORBIDDEN,
    },
    Solution {
        scenario: &right_one_lock::SCENARIO,
        title: "one lock for both shelves",
        mark: Mark::Solved,
        verdicts: Verdicts::PASS,
    },
];
