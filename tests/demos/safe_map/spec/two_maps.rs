//! What the map with a map to read and a map to write should do.

use racelab_demos::safe_map::steered::Steered;

use super::source::TwoMaps;

type Map = TwoMaps<u64, u64, Steered>;

const KEYS: &[u64] = &[0, 1];

racelab::specification! {
    |map: Map = TwoMaps::with_hasher(Steered::default()), plain: [Option<u64>; 2] = [None; 2], seen|
    insert(key in KEYS, value in FRESH)
        => map.insert(key, value), plain[key as usize].replace(value);
    get(key in KEYS) => map.get(&key), plain[key as usize], last;
    remove(key in KEYS) => map.remove(&key), plain[key as usize].take();
}
