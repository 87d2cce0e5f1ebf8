//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_two_words = "wrong/two_words.rs";
    wrong_two_slots = "wrong/two_slots.rs";
    wrong_lock_each = "wrong/lock_each.rs";
    wrong_half_words = "wrong/half_words.rs";
    right_kept_behind = "right/kept_behind.rs";
}
