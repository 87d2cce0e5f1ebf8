//! A value is replaced twice and removed twice while a reader looks twice: nothing is lost.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::OneLock;

type Map = OneLock<u64, u64, Steered>;

outcomes! {
    GIVEN_BACK: Allowed required, "every value was given back, but the one that may be there";
    LOST: Forbidden, "a value is neither in the map nor was it given back";
    MADE_UP: Forbidden, "the reader got a value that nobody stored";
}

pub const RACE: Race<Map> = Race::new(
    || {
        let map = OneLock::with_hasher(Steered::default());
        map.insert(0, 10);
        map
    },
    &[
        actor("writer", |map, saw| {
            saw.note(map.insert(0, 20).unwrap_or(0));
            saw.note(map.insert(0, 30).unwrap_or(0));
        }),
        actor("remover", |map, saw| {
            saw.note(map.remove(&0).unwrap_or(0));
            saw.note(map.remove(&0).unwrap_or(0));
        }),
        actor("reader", |map, saw| {
            saw.note(map.get(&0).unwrap_or(0));
            saw.note(map.get(&0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    if !saws[2].values().iter().all(|read| [0, 10, 20, 30].contains(read)) {
        return MADE_UP;
    }
    let mut values = [saws[0].values(), saws[1].values()].concat();
    values.extend(map.get(&0));
    values.retain(|&value| value != 0);
    values.sort();
    if values == [10, 20, 30] { GIVEN_BACK } else { LOST }
}
