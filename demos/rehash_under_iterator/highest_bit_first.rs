//! A set whose iterator counts from the highest bit: what it has seen stays behind it.

use super::rt::sync::Mutex;

/// The number of buckets is a power of two, and a key is in the bucket that is its remainder by it.
pub struct Set {
    table: Mutex<Vec<Vec<u64>>>,
}

racelab::fields!(Set { table: mover -> iterator });

impl Set {
    pub fn new(keys: &[u64], buckets: usize) -> Set {
        Set { table: Mutex::new(filled(keys, buckets)) }
    }

    /// Moves all keys to a table of so many buckets.
    pub fn rehash(&self, buckets: usize) {
        let mut table = self.table.lock().unwrap();
        *table = filled(&table.concat(), buckets);
    }

    /// Shows all keys, with no lock held while it shows one.
    pub fn each(&self, mut show: impl FnMut(u64)) {
        let mut at = 0;
        loop {
            let (keys, next) = self.bucket(at);
            keys.into_iter().for_each(&mut show);
            at = next;
            if at == 0 {
                return;
            }
        }
    }

    /// The keys in the bucket that a cursor means now, and the next cursor; 0 is the end.
    fn bucket(&self, cursor: usize) -> (Vec<u64>, usize) {
        let table = self.table.lock().unwrap();
        let at = cursor % table.len();
        (table[at].clone(), next(at, table.len()))
    }
}

fn filled(keys: &[u64], buckets: usize) -> Vec<Vec<u64>> {
    let belongs = |key: u64, bucket: usize| key as usize % buckets == bucket;
    let bucket = |at| keys.iter().copied().filter(|&key| belongs(key, at)).collect();
    (0..buckets).map(bucket).collect()
}

/// Adds one to a number of so many bits, with the highest as the one that counts least.
fn next(number: usize, buckets: usize) -> usize {
    let (mut next, mut bit) = (number, buckets / 2);
    while next & bit != 0 {
        next ^= bit;
        bit /= 2;
    }
    next | bit
}
