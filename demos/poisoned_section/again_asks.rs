//! An inserter fails once and then asks the shard itself for its value; another inserts two entries.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Shard;

outcomes! {
    WHOLE: Allowed required, "every insert that succeeded is there, and no half of another";
    WRONG_COUNT: Forbidden, "the shard counts an entry that was never made";
    NO_VALUE: Forbidden, "a key is found, and its value was never made";
    LOST: Forbidden, "an insert that succeeded is not there";
}

/// The value of this key cannot be made.
const UNLUCKY: u64 = 6;
/// The value of this key is that of the next one, if it is there.
const ASKS: u64 = 7;
const KEYS: [u64; 2] = [8, 9];

pub const RACE: Race<Shard> = Race::new(
    Shard::new,
    &[
        actor("unlucky", |shard, _| {
            let insert = || shard.insert_with(UNLUCKY, || panic!("it cannot be made"));
            let _ = catch_unwind(AssertUnwindSafe(insert));
            let asks = || shard.get(KEYS[0]).ok().flatten().unwrap_or(70);
            let _ = shard.insert_with(ASKS, asks);
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
    let value = |key| shard.get(key).ok().flatten();
    match *saws[1].values() {
        _ if value(UNLUCKY).is_some() => NO_VALUE,
        _ if KEYS.map(value) != [Some(80), Some(90)] => LOST,
        _ if !matches!(value(ASKS), Some(70 | 80)) => LOST,
        [1 | 2, 2 | 3] => WHOLE,
        _ => WRONG_COUNT,
    }
}
