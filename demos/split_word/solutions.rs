//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_board_aligned = "wrong/board_aligned.rs";
    wrong_gauge_aligned = "wrong/gauge_aligned.rs";
    wrong_read_twice = "wrong/read_twice.rs";
    wrong_lock = "wrong/lock.rs";
    wrong_line_each = "wrong/line_each.rs";
    right_two_arrays = "right/two_arrays.rs";
}
