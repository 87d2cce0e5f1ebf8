//! A mover moves 1 there and 1 back, a teller adds up twice, and each pays 5 into both shards.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BALANCED: Allowed required, "each total is one that was, and every update is kept";
    TOTAL_THAT_NEVER_WAS: Forbidden, "the teller counted an amount that was in neither shard";
    LOST_UPDATE: Forbidden, "an update has gone";
}

/// In the first shard and in the second.
const LEFT: usize = 0;
const RIGHT: usize = 1;

pub const RACE: Race<Map> = Race::new(
    || {
        let map = Map::new();
        map.add(LEFT, 10);
        map.add(RIGHT, 10);
        map
    },
    &[
        actor("mover", |map, _| {
            map.transfer(RIGHT, LEFT, 1);
            map.transfer(LEFT, RIGHT, 1);
            map.add(LEFT, 5);
        }),
        actor("teller", |map, saw| {
            saw.note(map.total());
            map.add(RIGHT, 5);
            saw.note(map.total());
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [20 | 25, 25 | 30] if map.total() == 30 => BALANCED,
        [20 | 25, 25 | 30] => LOST_UPDATE,
        _ => TOTAL_THAT_NEVER_WAS,
    }
}
