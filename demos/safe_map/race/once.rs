//! Two threads ask for one missing key: one of them computes, and both get what it made.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    LEFT_COMPUTED: Allowed required, "the left one computed, the right one waited or came later";
    RIGHT_COMPUTED: Allowed required, "the right one computed, the left one waited or came later";
    TWICE: Forbidden, "the value was computed twice";
    DIFFERENT: Forbidden, "two callers and the map do not hold the same value";
}

pub const RACE: Race<Map> = Race::new(
    || SafeMap::with_shards_and_hasher(2, Steered::default()),
    &[actor("left", |map, saw| ask(map, saw, 10)), actor("right", |map, saw| ask(map, saw, 20))],
    outcome,
    OUTCOMES,
);

/// Asks for key 0; notes how often this thread computed it, and what it got.
fn ask(map: &Map, saw: &mut Saw, value: u64) {
    let mut computed = 0;
    let got = map.get_or_insert_with(0, || {
        computed += 1;
        value
    });
    saw.note(computed);
    saw.note(got);
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    let [left, right] = [0, 1].map(|actor| (saws[actor].get(0), saws[actor].get(1)));
    match (left, right) {
        ((Some(1), _), (Some(1), _)) => TWICE,
        _ if left.1 != right.1 || left.1 != map.get(&0) => DIFFERENT,
        ((Some(1), Some(10)), (Some(0), _)) => LEFT_COMPUTED,
        ((Some(0), _), (Some(1), Some(20))) => RIGHT_COMPUTED,
        _ => DIFFERENT,
    }
}
