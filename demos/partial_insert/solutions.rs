//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_relaxed = "wrong/relaxed.rs";
    wrong_release_everywhere = "wrong/release_everywhere.rs";
    wrong_no_gate_yet = "wrong/no_gate_yet.rs";
    wrong_lock = "wrong/lock.rs";
    right_one_word = "right/one_word.rs";
    right_lines_shown = "right/lines_shown.rs";
}
