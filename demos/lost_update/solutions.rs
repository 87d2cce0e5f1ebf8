//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_unseen_result = "wrong/unseen_result.rs";
    wrong_one_try = "wrong/one_try.rs";
    wrong_look_again = "wrong/look_again.rs";
    wrong_lock_the_store = "wrong/lock_the_store.rs";
    wrong_stronger_orderings = "wrong/stronger_orderings.rs";
    right_lock = "right/lock.rs";
    right_a_word_a_seat = "right/a_word_a_seat.rs";
}
