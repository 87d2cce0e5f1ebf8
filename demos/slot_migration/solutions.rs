//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_taken_out = "wrong/taken_out.rs";
    wrong_sign_first = "wrong/sign_first.rs";
    wrong_ask_then_put = "wrong/ask_then_put.rs";
    wrong_look_again = "wrong/look_again.rs";
    wrong_stays = "wrong/stays.rs";
    right_merged_later = "right/merged_later.rs";
}
