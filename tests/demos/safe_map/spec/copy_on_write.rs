//! What the map should do that is replaced by a copy: all of it at one moment.

use racelab_demos::safe_map::steered::Steered;

use super::source::CopyOnWrite;

type Map = CopyOnWrite<u64, u64, Steered>;

const KEYS: &[u64] = &[0, 1];

racelab::specification! {
    |map: Map = CopyOnWrite::with_slots_and_hasher(1, Steered::default()), plain: [Option<u64>; 2] = [None; 2], seen|
    insert(key in KEYS, value in FRESH)
        => map.insert(key, value), plain[key as usize].replace(value);
    get(key in KEYS) => map.get(&key), plain[key as usize], last;
    remove(key in KEYS) => map.remove(&key), plain[key as usize].take();
    len() => map.len(), plain.iter().flatten().count(), last;
}
