//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_first_wins = "wrong/first_wins.rs";
    wrong_two_locks = "wrong/two_locks.rs";
    wrong_flag_first = "wrong/flag_first.rs";
    wrong_ready_relaxed = "wrong/ready_relaxed.rs";
    wrong_never_again = "wrong/never_again.rs";
    right_one_word = "right/one_word.rs";
}
