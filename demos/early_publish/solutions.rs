//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_only_release = "wrong/only_release.rs";
    wrong_fence_too_early = "wrong/fence_too_early.rs";
    wrong_parcel_released = "wrong/parcel_released.rs";
    wrong_look_twice = "wrong/look_twice.rs";
    wrong_lamp_first = "wrong/lamp_first.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_word = "right/one_word.rs";
    right_number_last = "right/number_last.rs";
}
