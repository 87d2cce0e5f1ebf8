//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_look_twice = "wrong/look_twice.rs";
    wrong_look_after = "wrong/look_after.rs";
    wrong_relaxed = "wrong/relaxed.rs";
    wrong_two_signs = "wrong/two_signs.rs";
    wrong_count_only = "wrong/count_only.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_word = "right/one_word.rs";
}
