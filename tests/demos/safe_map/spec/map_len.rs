//! The same with a length that is of one moment: more than it promises.

use racelab_demos::safe_map::steered::Steered;

use super::source::SafeMap;

type Map = SafeMap<u64, u64, Steered>;

const KEYS: &[u64] = &[0, 1];

racelab::specification! {
    |map: Map = SafeMap::with_shards_and_hasher(2, Steered::default()), plain: [Option<u64>; 2] = [None; 2], seen|
    insert(key in KEYS, value in FRESH)
        => map.insert(key, value), plain[key as usize].replace(value);
    get(key in KEYS) => map.get(&key), plain[key as usize], last;
    remove(key in KEYS) => map.remove(&key), plain[key as usize].take();
    len() => map.len(), plain.iter().flatten().count(), last;
}
