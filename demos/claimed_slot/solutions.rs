//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_look_again = "wrong/look_again.rs";
    wrong_swap = "wrong/swap.rs";
    wrong_one_try = "wrong/one_try.rs";
    wrong_next_number = "wrong/next_number.rs";
    right_taken_bits = "right/taken_bits.rs";
    right_lock = "right/lock.rs";
}
