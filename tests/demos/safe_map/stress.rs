//! Many threads at once, and a law for every schedule: nothing is lost and nothing made up.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::thread;

use super::SafeMap;
use super::support::{Random, must_end};

const THREADS: u64 = 6;
const STEPS: u64 = 4_000;
const KEYS: u64 = 40;

/// A value that counts how many of its kind are alive.
struct Counted {
    weight: u64,
    alive: Arc<AtomicI64>,
}

impl Counted {
    fn new(weight: u64, alive: &Arc<AtomicI64>) -> Self {
        alive.fetch_add(1, Relaxed);
        Counted { weight, alive: alive.clone() }
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Counted::new(self.weight, &self.alive)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Relaxed);
    }
}

#[test]
fn weight_in_is_weight_out() {
    weighs_what_went_in(|| SafeMap::with_shards(4));
    // And while its shards are cut.
    for keys in 0..8 {
        weighs_what_went_in(move || SafeMap::with_shards(2).cut_at(keys, 4));
    }
}

fn weighs_what_went_in(map: impl FnOnce() -> SafeMap<u64, Counted> + Send + 'static) {
    must_end(move || {
        let alive = Arc::new(AtomicI64::new(0));
        let map = map();
        // The weight that went into the map, less what came out of it.
        let balance = AtomicI64::new(0);
        thread::scope(|scope| {
            for number in 0..THREADS {
                let (map, alive, balance) = (&map, &alive, &balance);
                scope.spawn(move || {
                    let mut random = Random::new(number + 1);
                    let mut sum = 0;
                    (0..STEPS).for_each(|_| sum += step(map, alive, &mut random));
                    balance.fetch_add(sum, Relaxed);
                });
            }
        });
        let mut weight = 0;
        map.for_each(|_, value| weight += value.weight as i64);
        assert_eq!(weight, balance.load(Relaxed));
        assert_eq!(alive.load(Relaxed), map.len() as i64);
        map.clear();
        assert_eq!(alive.load(Relaxed), 0);
    });
}

/// One random call; the weight that it put in, less the weight that it took out.
fn step(map: &SafeMap<u64, Counted>, alive: &Arc<AtomicI64>, random: &mut Random) -> i64 {
    let (key, weight) = (random.below(KEYS), random.below(1000));
    let weight_of = |value: Option<Counted>| value.map_or(0, |value| value.weight as i64);
    match random.below(10) {
        0..3 => {
            let old = map.insert(key, Counted::new(weight, alive));
            weight as i64 - weight_of(old)
        }
        3..5 => -weight_of(map.remove(&key)),
        5 => {
            let change = map.update(&key, |value| {
                let change = weight as i64 - value.weight as i64;
                value.weight = weight;
                change
            });
            change.unwrap_or(0)
        }
        6 => {
            let old = map.replace_with(&key, |_| Counted::new(weight, alive));
            old.map_or(0, |old| weight as i64 - old.weight as i64)
        }
        7 => {
            map.get(&key);
            map.len();
            0
        }
        8 => {
            let mut taken = 0;
            map.retain(|key, value| {
                let keep = (key ^ weight) & 15 != 0;
                taken += if keep { 0 } else { value.weight as i64 };
                keep
            });
            -taken
        }
        _ => {
            // Weightless, so that it does not matter whose value was stored.
            map.get_or_insert_with(key, || {
                thread::yield_now();
                Counted::new(0, alive)
            });
            0
        }
    }
}

#[test]
fn no_update_is_lost() {
    must_end(|| {
        let map = SafeMap::with_shards(2);
        let made = AtomicU64::new(0);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for step in 0..STEPS {
                        let key = step % 3;
                        map.get_or_insert_with(key, || {
                            made.fetch_add(1, Relaxed);
                            0
                        });
                        map.update(&key, |count| *count += 1);
                        map.replace_with(&key, |count| count + 1);
                    }
                });
            }
        });
        let sum: u64 = map.snapshot().iter().map(|(_, count)| count).sum();
        assert_eq!((sum, made.load(Relaxed)), (2 * THREADS * STEPS, 3));
    });
}
