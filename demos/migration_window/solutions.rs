//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_start_only = "wrong/start_only.rs";
    wrong_find_only = "wrong/find_only.rs";
    wrong_relaxed = "wrong/relaxed.rs";
    wrong_never_cleared = "wrong/never_cleared.rs";
    wrong_lock = "wrong/lock.rs";
    right_look_again = "right/look_again.rs";
}
