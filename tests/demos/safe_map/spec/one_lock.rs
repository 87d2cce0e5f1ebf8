//! What the map behind one lock should do: all of it at one moment.

use racelab_demos::safe_map::steered::Steered;

use super::source::OneLock;

type Map = OneLock<u64, u64, Steered>;

const KEYS: &[u64] = &[0, 1];

racelab::specification! {
    |map: Map = OneLock::with_hasher(Steered::default()), plain: [Option<u64>; 2] = [None; 2], seen|
    insert(key in KEYS, value in FRESH)
        => map.insert(key, value), plain[key as usize].replace(value);
    get(key in KEYS) => map.get(&key), plain[key as usize], last;
    remove(key in KEYS) => map.remove(&key), plain[key as usize].take();
    len() => map.len(), plain.iter().flatten().count(), last;
}
