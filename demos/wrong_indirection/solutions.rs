//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_format_1 = "wrong/format_1.rs";
    wrong_format_2 = "wrong/format_2.rs";
    wrong_newest_or_first = "wrong/newest_or_first.rs";
    wrong_guessed = "wrong/guessed.rs";
    right_typed = "right/typed.rs";
}
