//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_traveller_copies = "wrong/traveller_copies.rs";
    wrong_printed_then_changed = "wrong/printed_then_changed.rs";
    wrong_lock = "wrong/lock.rs";
    wrong_frozen = "wrong/frozen.rs";
    right_one_word = "right/one_word.rs";
}
