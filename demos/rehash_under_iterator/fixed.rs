//! A set whose iterator goes through the table that it began with, and asks the current one.

use super::rt::sync::Mutex;

/// The tables that the set has had, with the current one last: whoever goes through an older one
/// needs it still. A key is in the bucket that is its remainder by the number of buckets.
pub struct Set {
    tables: Mutex<Vec<Table>>,
}

pub type Table = Vec<Vec<u64>>;

racelab::fields!(Set { tables: mover | iterator });

impl Set {
    pub fn new(keys: &[u64], buckets: usize) -> Set {
        Set { tables: Mutex::new(vec![filled(keys, buckets)]) }
    }

    /// Moves all keys to a table of so many buckets.
    pub fn rehash(&self, buckets: usize) {
        let mut tables = self.tables.lock().unwrap();
        let keys = tables.last().unwrap().concat();
        tables.push(filled(&keys, buckets));
    }

    /// Takes a key out.
    pub fn remove(&self, key: u64) {
        let mut tables = self.tables.lock().unwrap();
        let current = tables.last_mut().unwrap();
        current.iter_mut().for_each(|bucket| bucket.retain(|&known| known != key));
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u64) -> bool {
        self.tables.lock().unwrap().last().unwrap().iter().flatten().any(|&known| known == key)
    }

    /// Shows all keys, with no lock held while it shows one.
    pub fn each(&self, mut show: impl FnMut(u64)) {
        let (table, buckets) = self.current();
        for at in 0..buckets {
            let keys = self.tables.lock().unwrap()[table][at].clone();
            for key in keys {
                // It may have been removed since, from a newer table.
                if self.contains(key) {
                    show(key);
                }
            }
        }
    }

    /// Which table is the current one, and how many buckets it has.
    fn current(&self) -> (usize, usize) {
        let tables = self.tables.lock().unwrap();
        (tables.len() - 1, tables.last().unwrap().len())
    }
}

fn filled(keys: &[u64], buckets: usize) -> Table {
    let belongs = |key: u64, bucket: usize| key as usize % buckets == bucket;
    let bucket = |at| keys.iter().copied().filter(|&key| belongs(key, at)).collect();
    (0..buckets).map(bucket).collect()
}
