//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_value_first = "wrong/value_first.rs";
    wrong_claim_the_unit = "wrong/claim_the_unit.rs";
    wrong_value_then_claim = "wrong/value_then_claim.rs";
    wrong_mark_read = "wrong/mark_read.rs";
    wrong_relaxed_mark = "wrong/relaxed_mark.rs";
    right_one_word = "right/one_word.rs";
    right_lock = "right/lock.rs";
}
