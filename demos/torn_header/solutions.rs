//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_careful_order = "wrong/careful_order.rs";
    wrong_read_twice = "wrong/read_twice.rs";
    wrong_two_slots = "wrong/two_slots.rs";
    wrong_relaxed_slots = "wrong/relaxed_slots.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_pointer = "right/one_pointer.rs";
}
