//! A mover moves 1 between two keys of one shard and back, and a teller adds 5 to each.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BALANCED: Allowed required, "every update is kept";
    LOST_UPDATE: Forbidden, "an update has gone";
}

/// Both in the first shard.
const ONE: usize = 0;
const OTHER: usize = 2;

pub const RACE: Race<Map> = Race::new(
    || {
        let map = Map::new();
        map.add(ONE, 10);
        map
    },
    &[
        actor("mover", |map, _| {
            map.transfer(ONE, OTHER, 1);
            map.transfer(OTHER, ONE, 1);
        }),
        actor("teller", |map, _| {
            map.add(ONE, 5);
            map.add(OTHER, 5);
        }),
    ],
    |map, _: &[Saw]| -> Outcome { if map.total() == 20 { BALANCED } else { LOST_UPDATE } },
    OUTCOMES,
);
