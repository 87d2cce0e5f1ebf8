//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_exchange_relaxed = "wrong/exchange_relaxed.rs";
    wrong_look_again = "wrong/look_again.rs";
    wrong_swap_then_link = "wrong/swap_then_link.rs";
    wrong_swap_out = "wrong/swap_out.rs";
    right_in_a_row = "right/in_a_row.rs";
    right_lock = "right/lock.rs";
}
