//! The table of a shard by itself: nothing is lost or dropped twice, and what went past is counted.

#[path = "../../../demos/safe_map/buckets.rs"]
mod buckets;
#[path = "../../../demos/safe_map/hash_table.rs"]
#[expect(dead_code, reason = "the map asks for more of it")]
mod hash_table;
#[path = "../../../demos/safe_map/tags.rs"]
mod tags;

use std::rc::Rc;

use super::support::Random;
use hash_table::HashTable;

/// Keys, and the hash that each has: many alike, some alike in what a bucket keeps of it, or none.
type Hash = fn(u64) -> u64;
const HASHES: [Hash; 5] = [
    |key| key.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17),
    |key| key,
    |key| key % 3,
    |key| key << 57,
    |_| u64::MAX,
];

/// An entry of any size and alignment, and whether it is still there.
struct Entry<P> {
    key: u64,
    _padding: P,
    _alive: Rc<()>,
}

#[repr(align(128))]
#[derive(Default)]
struct Aligned(#[expect(dead_code, reason = "it takes its place")] [u8; 9]);

#[test]
fn agrees_with_a_list() {
    for hash in HASHES {
        agrees::<()>(hash);
        agrees::<u8>(hash);
        agrees::<[u64; 6]>(hash);
        agrees::<[u64; 14]>(hash);
        agrees::<Aligned>(hash);
    }
}

fn agrees<P: Default>(hash: Hash) {
    let alive = Rc::new(());
    let mut table = HashTable::<Entry<P>>::new();
    let mut list: Vec<u64> = Vec::new();
    let mut random = Random::new(size_of::<P>() as u64 + 1);
    for step in 0..4_000 {
        // First more and more, at last fewer and fewer.
        let keys = if step < 1_000 { 9 } else { 400 };
        let (key, is_taken) = (random.below(keys), random.below(4_000) < step);
        let there = list.iter().position(|&other| other == key);
        assert_eq!(table.find(hash(key), |entry| entry.key == key).is_some(), there.is_some());
        match there {
            Some(index) if is_taken => {
                let entry = table.find_entry(hash(key), |entry| entry.key == key);
                assert_eq!(entry.expect("found above").remove().key, list.swap_remove(index));
            }
            Some(_) => {}
            None => {
                if table.is_full() {
                    table = grown(table, hash);
                }
                let entry = Entry { key, _padding: P::default(), _alive: alive.clone() };
                table.insert_unique(hash(key), entry);
                list.push(key);
            }
        }
        if step % 500 == 499 {
            let goes = |entry: &mut Entry<P>| entry.key.is_multiple_of(3);
            table.extract_if(goes, |entry| Some(hash(entry.key)));
            list.retain(|key| key % 3 != 0);
        }
        assert_eq!((table.len(), table.is_empty()), (list.len(), list.is_empty()));
        assert_eq!(Rc::strong_count(&alive), 1 + list.len());
    }
    let mut keys: Vec<_> = table.iter().map(|entry| entry.key).collect();
    keys.sort();
    list.sort();
    assert_eq!(keys, list);
    // Half of them go with the rest of an iterator, and half with the table.
    let left = table.len() / 2;
    let mut entries = table.into_entries();
    entries.by_ref().take(left).for_each(drop);
    assert_eq!(Rc::strong_count(&alive), 1 + list.len() - left);
    drop(entries);
    assert_eq!(Rc::strong_count(&alive), 1);
}

fn grown<P>(table: HashTable<Entry<P>>, hash: Hash) -> HashTable<Entry<P>> {
    let mut larger = HashTable::with_capacity(2 * table.len().max(1));
    table.into_entries().for_each(|entry| larger.insert_unique(hash(entry.key), entry));
    larger
}

/// An entry without a size, as of a set of nothing.
#[test]
fn holds_entries_without_a_size() {
    let mut table = HashTable::<()>::with_capacity(100);
    (0..100).for_each(|hash| table.insert_unique(hash, ()));
    assert_eq!((table.len(), table.iter().count()), (100, 100));
    assert!(table.find(7, |_| true).is_some() && table.find(7, |_| false).is_none());
    assert_eq!(table.into_entries().count(), 100);
}

/// Searches end at a bucket that nobody went past, so what went past has to be counted down again.
/// Otherwise a table that lives long is searched from end to end for each key that it does not have.
#[test]
fn a_search_ends_as_soon_after_a_thousand_changes_as_before() {
    let asked = |table: &HashTable<u64>| {
        let mut asked = 0;
        // All entries have one tag, and there is one in each bucket, so each that is looked into tells.
        let missing = table.find(5 << 20, |_| {
            asked += 1;
            false
        });
        assert!(missing.is_none());
        asked
    };
    let mut table = HashTable::with_capacity(1_000);
    (1..256).for_each(|bucket| table.insert_unique(bucket, bucket + 1_000));
    (0..7).for_each(|key| table.insert_unique(0, key));
    let few = asked(&table);
    assert_eq!(few, 7);
    for round in 0..200 {
        // Of which most go past the first bucket, and the second.
        (100..200).for_each(|key| table.insert_unique(0, key));
        if round % 2 == 0 {
            let gone = table.extract_if(|key| (100..200).contains(key), |_| Some(0));
            assert_eq!(gone.len(), 100);
        } else {
            for key in 100..200 {
                let entry = table.find_entry(0, |there| *there == key);
                assert_eq!(entry.map(|entry| entry.remove()), Some(key));
            }
        }
    }
    assert_eq!(asked(&table), few);
}

#[test]
fn a_full_table_refuses_one_more() {
    let mut table = HashTable::with_capacity(6);
    (0..6).for_each(|key| table.insert_unique(key, key));
    assert!(table.is_full());
    let refused = std::panic::AssertUnwindSafe(|| table.insert_unique(6, 6));
    assert!(std::panic::catch_unwind(refused).is_err());
    let none = std::panic::catch_unwind(|| HashTable::new().insert_unique(0, 0));
    assert!(none.is_err());
    assert!(std::panic::catch_unwind(|| HashTable::<u64>::with_capacity(usize::MAX)).is_err());
}

/// A `Hash` that says something else each time makes a table forget what it has, and nothing worse.
#[test]
fn a_hash_that_changes_its_mind_does_no_harm() {
    let alive = Rc::new(());
    let mut table = HashTable::<Entry<u8>>::new();
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let hash = random.next() >> random.below(64);
        match random.below(4) {
            0 => _ = table.find_entry(hash, |_| true).map(|entry| entry.remove()),
            1 if random.below(100) == 0 => {
                let goes = |entry: &mut Entry<u8>| entry.key.is_multiple_of(2);
                table.extract_if(goes, |_| Some(random.next()));
            }
            _ => {
                if table.is_full() {
                    table = grown(table, |key| key.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                }
                table.insert_unique(hash, Entry { key: hash, _padding: 0, _alive: alive.clone() });
            }
        }
        assert_eq!(Rc::strong_count(&alive), 1 + table.len());
    }
    assert_eq!(table.iter().count(), table.len());
    drop(table);
    assert_eq!(Rc::strong_count(&alive), 1);
}
