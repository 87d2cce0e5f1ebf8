//! An inserter whose two values cannot be made, another whose two values can, and what is there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Refused, Shard};

outcomes! {
    WHOLE: Allowed required, "every insert that succeeded is there, and no half of another";
    REFUSED: Allowed, "the shard knows that it is damaged, and takes nothing more";
    WRONG_COUNT: Forbidden, "the shard counts an entry that was never made";
    NO_VALUE: Forbidden, "a key is found, and its value was never made";
    LOST: Forbidden, "an insert that succeeded is not there";
}

/// The values of these keys cannot be made.
const UNLUCKY: [u64; 2] = [6, 7];
const KEYS: [u64; 2] = [8, 9];

pub const RACE: Race<Shard> = Race::new(
    Shard::new,
    &[
        actor("unlucky", |shard, _| {
            for key in UNLUCKY {
                let insert = || shard.insert_with(key, || panic!("it cannot be made"));
                let _ = catch_unwind(AssertUnwindSafe(insert));
            }
        }),
        actor("inserter", |shard, saw| {
            for key in KEYS {
                saw.note(shard.insert_with(key, || 10 * key).unwrap_or(0));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(shard: &Shard, saws: &[Saw]) -> Outcome {
    let refused = |key| matches!(shard.get(key), Err(Refused::Damaged));
    let found = |key| matches!(shard.get(key), Ok(Some(_)));
    let kept = |key| refused(key) || matches!(shard.get(key), Ok(Some(value)) if value == 10 * key);
    match saws[1].values() {
        _ if UNLUCKY.into_iter().any(found) => NO_VALUE,
        [0, 0] => REFUSED,
        [1, 0] if KEYS.into_iter().all(refused) => REFUSED,
        [1, 2] if KEYS.into_iter().all(kept) => WHOLE,
        [1, 2] => LOST,
        _ => WRONG_COUNT,
    }
}
