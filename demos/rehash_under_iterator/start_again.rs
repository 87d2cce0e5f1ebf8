//! A set whose iterator begins anew when the number of buckets has changed.

use super::rt::sync::Mutex;

/// A key is in the bucket whose number is the remainder of the key by the number of buckets.
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
        let (mut at, mut buckets) = (0, self.table.lock().unwrap().len());
        loop {
            let (keys, now) = {
                let table = self.table.lock().unwrap();
                (table.get(at).cloned(), table.len())
            };
            if now != buckets {
                (at, buckets) = (0, now);
                continue;
            }
            let Some(keys) = keys else { return };
            keys.into_iter().for_each(&mut show);
            at += 1;
        }
    }
}

fn filled(keys: &[u64], buckets: usize) -> Vec<Vec<u64>> {
    let belongs = |key: u64, bucket: usize| key as usize % buckets == bucket;
    let bucket = |at| keys.iter().copied().filter(|&key| belongs(key, at)).collect();
    (0..buckets).map(bucket).collect()
}
