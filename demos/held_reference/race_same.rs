//! A mover moves 1 between two keys of one shard, and a teller adds 5 to one of them.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BALANCED: Allowed required, "every update is kept";
    LOST_UPDATE: Forbidden, "an update has gone";
}

/// Both in the first shard.
const FROM: usize = 0;
const TO: usize = 2;

pub const RACE: Race<Map> = Race::new(
    || {
        let map = Map::new();
        map.add(FROM, 10);
        map
    },
    &[actor("mover", |map, _| map.transfer(FROM, TO, 1)), actor("teller", |map, _| map.add(TO, 5))],
    |map, _: &[Saw]| -> Outcome { if map.total() == 15 { BALANCED } else { LOST_UPDATE } },
    OUTCOMES,
);
