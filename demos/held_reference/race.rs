//! A mover moves 1 from the right shard to the left, a teller adds up; each then pays 5 into both.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BALANCED: Allowed required, "the total is one that was, and every update is kept";
    TOTAL_THAT_NEVER_WAS: Forbidden, "the teller counted an amount that was in neither shard";
    LOST_UPDATE: Forbidden, "an update has gone";
}

/// In the first shard and in the second.
const LEFT: usize = 0;
const RIGHT: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || {
        let map = Map::new();
        pay_in(&map, 10);
        map
    },
    &[
        actor("mover", |map, _| {
            map.transfer(RIGHT, LEFT, 1);
            pay_in(map, 5);
        }),
        actor("teller", |map, saw| {
            saw.note(map.total());
            pay_in(map, 5);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn pay_in(map: &Map, amount: u64) {
    map.add(LEFT, amount);
    map.add(RIGHT, amount);
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].get(0) {
        Some(20 | 25 | 30) if map.total() == 40 => BALANCED,
        Some(20 | 25 | 30) => LOST_UPDATE,
        _ => TOTAL_THAT_NEVER_WAS,
    }
}
