//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_aligned_ring = "wrong/aligned_ring.rs";
    wrong_half_a_line = "wrong/half_a_line.rs";
    wrong_slots_between = "wrong/slots_between.rs";
    wrong_padded_tail = "wrong/padded_tail.rs";
    right_room_before = "right/room_before.rs";
}
