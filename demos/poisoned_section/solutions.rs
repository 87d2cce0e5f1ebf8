//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_caught = "wrong/caught.rs";
    wrong_new_seat_first = "wrong/new_seat_first.rs";
    wrong_best_guess = "wrong/best_guess.rs";
    wrong_asked_between = "wrong/asked_between.rs";
    wrong_swallowed = "wrong/swallowed.rs";
    right_put_back = "right/put_back.rs";
}
