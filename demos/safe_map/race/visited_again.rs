//! A shard is cut while somebody goes through the map twice, the second time at one moment.

use racelab_safe_map::steered::Steered;
use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

outcomes! {
    UNCHANGED: Allowed required, "both times the same keys are seen";
    GROWN: Allowed required, "the second time more keys are seen";
    MISSED: Forbidden, "a key that is there all the time is not seen once";
    SECOND: Forbidden, "at one moment the second key is there without the first";
    LOST: Forbidden, "a key that was stored is not there";
}

pub const RACE: Race<Map> = Race::new(
    memory,
    &[
        actor("writer", |map, _| {
            map.insert(1, 10);
            map.insert(0, 10);
        }),
        actor("visitor", |map, saw| {
            saw.note(seen(map.iter()));
            saw.note(seen(map.snapshot_at_one_moment()));
        }),
    ],
    outcome,
    OUTCOMES,
);

/// One shard, and six entries fill it: the next key has it cut into one for the even keys and one for
/// the odd.
fn memory() -> Map {
    let map = SafeMap::with_shards_and_hasher(1, Steered::default()).cut_at(6, 2);
    for key in [2, 3, 4, 6, 7, 8] {
        map.insert(key, 10);
    }
    map
}

/// A decimal digit for each key: how often it is seen.
fn seen(entries: impl IntoIterator<Item = (u64, u64)>) -> u64 {
    entries.into_iter().map(|(key, _)| 10u64.pow(key as u32)).sum()
}

fn outcome(map: &Map, saws: &[Saw]) -> Outcome {
    if seen(map.iter()) != 111_011_111 {
        return LOST;
    }
    match *saws[1].values() {
        [_, 111_011_101] => SECOND,
        [first, second] if ![111_011_100, 111_011_101, 111_011_110, 111_011_111].contains(&first) || second < first => {
            MISSED
        }
        [first, second] if first == second => UNCHANGED,
        [111_011_101, 111_011_111] | [111_011_100, 111_011_110 | 111_011_111] | [111_011_110, 111_011_111] => GROWN,
        _ => MISSED,
    }
}
