//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_session_first = "wrong/session_first.rs";
    wrong_user_stays = "wrong/user_stays.rs";
    wrong_no_user_zero = "wrong/no_user_zero.rs";
    wrong_looks_again = "wrong/looks_again.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_word = "right/one_word.rs";
    right_looks_again = "right/looks_again.rs";
}
