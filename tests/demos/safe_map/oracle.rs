//! On one thread, SafeMap does what `HashMap` does: random calls of both, compared at each step.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::SafeMap;
use super::support::Random;

#[test]
fn agrees_with_a_hash_map() {
    for shards in [1, 2, 64] {
        // Never cut, cut when there is something in it, and at once.
        for cut in [(0, 1), (5, 4), (0, 2)] {
            compare(shards, cut, RandomState::new(), 0);
            compare(shards, cut, BuildHasherDefault::<Same>::default(), 1);
            compare(shards, cut, BuildHasherDefault::<Itself>::default(), 2);
        }
    }
}

fn compare<S: BuildHasher>(shards: usize, cut: (usize, usize), hasher: S, seed: u64) {
    let map = SafeMap::with_shards_and_hasher(shards, hasher).cut_at(cut.0, cut.1);
    let mut oracle = HashMap::new();
    let mut random = Random::new(shards as u64 * 3 + seed);
    // Few keys first, so that each is met in all its states; then many, so that tables grow.
    for step in 0..20_000 {
        let keys = if step < 10_000 { 8 } else { 300 };
        let (key, value) = (random.below(keys), random.next());
        match random.below(100) {
            0..30 => assert_eq!(map.insert(key, value), oracle.insert(key, value)),
            30..45 => assert_eq!(map.remove(&key), oracle.remove(&key)),
            45..60 => assert_eq!(map.get(&key), oracle.get(&key).copied()),
            60..65 => assert_eq!(map.contains_key(&key), oracle.contains_key(&key)),
            65..75 => {
                let made = map.get_or_insert_with(key, || value);
                assert_eq!(made, *oracle.entry(key).or_insert(value));
            }
            75..85 => {
                let old = map.update(&key, |there| std::mem::replace(there, value));
                assert_eq!(old, oracle.get_mut(&key).map(|there| std::mem::replace(there, value)));
            }
            85..95 => {
                let old = map.replace_with(&key, |there| there ^ value);
                let oracles = oracle.get_mut(&key);
                assert_eq!(old, oracles.map(|there| std::mem::replace(there, *there ^ value)));
            }
            95..97 => {
                map.retain(|key, there| {
                    *there = there.wrapping_add(1);
                    (*there ^ key ^ value) & 3 != 0
                });
                oracle.retain(|key, there| {
                    *there = there.wrapping_add(1);
                    (*there ^ key ^ value) & 3 != 0
                });
            }
            97..99 => same_contents(&map, &oracle),
            _ if random.below(10) == 0 => {
                map.clear();
                oracle.clear();
            }
            _ => {}
        }
        assert_eq!(map.len(), oracle.len());
        assert_eq!(map.is_empty(), oracle.is_empty());
    }
    same_contents(&map, &oracle);
}

fn same_contents<S: BuildHasher>(map: &SafeMap<u64, u64, S>, oracle: &HashMap<u64, u64>) {
    let mut seen = Vec::new();
    map.for_each(|&key, &value| seen.push((key, value)));
    for mut scan in [seen, map.snapshot(), map.snapshot_at_one_moment()] {
        scan.sort_unstable();
        let mut expected: Vec<_> = oracle.iter().map(|(&key, &value)| (key, value)).collect();
        expected.sort_unstable();
        assert_eq!(scan, expected);
    }
}

#[test]
fn is_a_collection_like_others() {
    let mut map: SafeMap<String, u32> = [("a", 1), ("b", 2), ("a", 3)]
        .into_iter()
        .map(|(key, value)| (key.to_string(), value))
        .collect();
    map.extend([("c".to_string(), 4)]);
    (&map).extend([("c".to_string(), 5)]);
    assert_eq!((map.get("a"), map.get("b"), map.get("c")), (Some(3), Some(2), Some(5)));
    assert_eq!(map.len(), 3);
    assert_eq!(map.with("b", |value| value * 10), Some(20));
    map.retain(|key, _| key == "a");
    assert_eq!(format!("{map:?}"), r#"{"a": 3}"#);
    assert!(SafeMap::<u32, u32>::default().is_empty());
}

/// A hasher by which all keys collide.
#[derive(Default)]
struct Same;

impl Hasher for Same {
    fn write(&mut self, _: &[u8]) {}

    fn finish(&self) -> u64 {
        0
    }
}

/// A hasher by which a number is its own hash: bad in its high bits.
#[derive(Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are u64");
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
