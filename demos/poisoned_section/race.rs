//! An inserter whose value cannot be made, another whose value can, and a look at what is there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Refused, Shard};

outcomes! {
    WHOLE: Allowed required, "one entry is there, and it is whole";
    REFUSED: Allowed, "the shard knows that it is damaged, and says so";
    WRONG_COUNT: Forbidden, "the shard counts an entry that was never made";
    NO_VALUE: Forbidden, "a key is found, and its value was never made";
    LOST: Forbidden, "an insert that succeeded is not there";
}

/// The value of this key cannot be made.
const UNLUCKY: u64 = 7;
const KEY: u64 = 8;
const VALUE: u64 = 80;

pub const RACE: Race<Shard> = Race::new(
    Shard::new,
    &[
        actor("unlucky", |shard, _| {
            let insert = || shard.insert_with(UNLUCKY, || panic!("it cannot be made"));
            let _ = catch_unwind(AssertUnwindSafe(insert));
        }),
        actor("inserter", |shard, saw| {
            if let Ok(count) = shard.insert_with(KEY, || VALUE) {
                saw.note(count);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(shard: &Shard, saws: &[Saw]) -> Outcome {
    match (saws[1].get(0), shard.get(UNLUCKY), shard.get(KEY)) {
        (_, Err(Refused::Damaged), _) => REFUSED,
        (Some(2..), ..) => WRONG_COUNT,
        (_, Ok(Some(_)), _) => NO_VALUE,
        (Some(1), _, Ok(Some(VALUE))) => WHOLE,
        _ => LOST,
    }
}
