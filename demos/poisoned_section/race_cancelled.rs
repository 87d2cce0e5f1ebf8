//! An insert whose value never comes is dropped, as after a time limit,
//! and looked for; another has its value at once.

use std::future::{pending, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Refused, Shard};

outcomes! {
    WHOLE: Allowed required, "every insert that succeeded is there, and no half of another";
    WRONG_COUNT: Forbidden, "the shard counts an entry that was never made";
    NO_VALUE: Forbidden, "a key is found, and its value was never made";
    LOST: Forbidden, "an insert that succeeded is not there";
}

/// The value of this key never comes.
const UNLUCKY: u64 = 7;
const KEY: u64 = 8;
const VALUE: u64 = 80;

pub const RACE: Race<Shard> = Race::new(
    Shard::new,
    &[
        actor("unlucky", |shard, saw| {
            once(shard.insert_with(UNLUCKY, pending()));
            if let Ok(Some(value)) = shard.get(UNLUCKY) {
                saw.note(value);
            }
        }),
        actor("inserter", |shard, saw| {
            if let Some(Ok(count)) = once(shard.insert_with(KEY, ready(VALUE))) {
                saw.note(count);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

/// Looks once how far a task comes, and drops it: its answer, if it has come to its end.
fn once<T>(task: impl Future<Output = T>) -> Option<T> {
    match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

fn outcome(shard: &Shard, saws: &[Saw]) -> Outcome {
    match (saws[1].get(0), shard.get(UNLUCKY), shard.get(KEY)) {
        (Some(2..), ..) => WRONG_COUNT,
        (_, Ok(Some(_)), _) => NO_VALUE,
        _ if !saws[0].values().is_empty() => NO_VALUE,
        (Some(1), _, Ok(Some(VALUE)) | Err(Refused::Damaged)) => WHOLE,
        _ => LOST,
    }
}
