//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_order_only = "wrong/order_only.rs";
    wrong_let_go_only = "wrong/let_go_only.rs";
    wrong_one_at_a_time = "wrong/one_at_a_time.rs";
    wrong_write_back = "wrong/write_back.rs";
    wrong_never_told = "wrong/never_told.rs";
    right_one_lock = "right/one_lock.rs";
}
