//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_swapped = "wrong/swapped.rs";
    wrong_tried_once = "wrong/tried_once.rs";
    wrong_old_word = "wrong/old_word.rs";
    wrong_toggled = "wrong/toggled.rs";
    wrong_lock = "wrong/lock.rs";
    right_byte_each = "right/byte_each.rs";
}
