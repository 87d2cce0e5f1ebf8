//! Two inserts whose values never come are dropped, and looked for; two others have theirs at once.

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

/// The values of these keys never come.
const UNLUCKY: [u64; 2] = [6, 7];
const KEYS: [u64; 2] = [8, 9];

pub const RACE: Race<Shard> = Race::new(
    Shard::new,
    &[
        actor("unlucky", |shard, saw| {
            for key in UNLUCKY {
                once(shard.insert_with(key, pending()));
                if let Ok(Some(value)) = shard.get(key) {
                    saw.note(value);
                }
            }
        }),
        actor("inserter", |shard, saw| {
            for key in KEYS {
                if let Some(Ok(count)) = once(shard.insert_with(key, ready(10 * key))) {
                    saw.note(count);
                }
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
    let kept = |key| match shard.get(key) {
        Ok(Some(value)) => value == 10 * key,
        Ok(None) => false,
        Err(Refused::Full | Refused::Damaged) => false,
    };
    match saws[1].values() {
        _ if !saws[0].values().is_empty() => NO_VALUE,
        _ if UNLUCKY.into_iter().any(|key| matches!(shard.get(key), Ok(Some(_)))) => NO_VALUE,
        [1, 2] if KEYS.into_iter().all(kept) => WHOLE,
        [1, 2] => LOST,
        _ => WRONG_COUNT,
    }
}
