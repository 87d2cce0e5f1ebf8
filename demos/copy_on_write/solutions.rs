//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_unlocked_copy = "wrong/unlocked_copy.rs";
    wrong_two_steps = "wrong/two_steps.rs";
    wrong_copy_when_asked = "wrong/copy_when_asked.rs";
    wrong_lock_a_page = "wrong/lock_a_page.rs";
    right_only_if_shared = "right/only_if_shared.rs";
}
