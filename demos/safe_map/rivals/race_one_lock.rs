//! A value is replaced and removed while a reader looks: each call takes effect at one moment.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::OneLock;

type Map = OneLock<u64, u64, Steered>;

outcomes! {
    REPLACED: Allowed required, "the writer replaced the value, and that one was removed";
    INSERTED: Allowed required, "the value was removed, and the writer inserted its own";
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
        actor("writer", |map, saw| saw.note(map.insert(0, 20).unwrap_or(0))),
        actor("remover", |map, saw| saw.note(map.remove(&0).unwrap_or(0))),
        actor("reader", |map, saw| saw.note(map.get(&0).unwrap_or(0))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let [replaced, removed, read] = [0, 1, 2].map(|actor| saws[actor].get(0));
    match (replaced, removed, map.get(&0)) {
        _ if !matches!(read, Some(0 | 10 | 20)) => MADE_UP,
        (Some(10), Some(20), None) => REPLACED,
        (Some(0), Some(10), Some(20)) => INSERTED,
        _ => LOST,
    }
}
