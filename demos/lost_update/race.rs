//! Two writers add a key each; one of them looks for the other's key first.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    BOTH: Allowed required, "both keys are in the map";
    BOTH_ONE_SEEN: Allowed required, "both keys are in the map, and the rival saw the first";
    LOST_UPDATE: Forbidden, "a finished insert is not in the map";
    WRONG_VALUE: Forbidden, "a key came with a value that is not its own";
}

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("writer", |map, _| map.insert(1, 3, 30)),
        actor("rival", |map, saw| {
            if let Some(value) = map.get(3) {
                saw.note(value);
            }
            map.insert(2, 4, 40);
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    match (map.get(3), map.get(4), saws[1].values()) {
        (None, ..) | (_, None, _) => LOST_UPDATE,
        (Some(30), Some(40), []) => BOTH,
        (Some(30), Some(40), [30]) => BOTH_ONE_SEEN,
        _ => WRONG_VALUE,
    }
}
