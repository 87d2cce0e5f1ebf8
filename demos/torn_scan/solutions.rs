//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_count_twice = "wrong/count_twice.rs";
    wrong_put_first = "wrong/put_first.rs";
    wrong_no_fences = "wrong/no_fences.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_word = "right/one_word.rs";
}
