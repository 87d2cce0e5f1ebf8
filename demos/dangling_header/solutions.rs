//! The exercise's solutions, compiled into the tests: `exercise.toml` says how each is marked.

solutions! {
    exercise = "exercise.rs";
    answer = "answer.rs";
    wrong_count_late = "wrong/count_late.rs";
    wrong_plain_count = "wrong/plain_count.rs";
    wrong_looked_at_once_more = "wrong/looked_at_once_more.rs";
    wrong_one_grace = "wrong/one_grace.rs";
    wrong_never_shredded = "wrong/never_shredded.rs";
    wrong_lock = "wrong/lock.rs";
    right_announced = "right/announced.rs";
    right_read_again = "right/read_again.rs";
}
