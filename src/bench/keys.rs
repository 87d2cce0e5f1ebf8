//! The keys and values of a benchmark: each is made from its index, and looks like the real thing.

use std::hash::Hash;

/// What a map is asked for.
pub trait Key: Hash + Eq + Ord + Clone + Send + Sync + 'static {
    /// What has to be made beforehand, so that a look-up makes nothing.
    type Pool: Send + Sync;
    /// How it is called in a report.
    const NAME: &'static str;
    /// About how many bytes of the heap a key takes beside its place in a table.
    const HEAP: usize;

    /// All keys from 0 to `keys`.
    fn pool(keys: usize) -> Self::Pool;

    /// The key of this index, borrowed from the pool where it is worth it.
    fn with<R>(pool: &Self::Pool, index: usize, work: impl FnOnce(&Self) -> R) -> R;
}

impl Key for u64 {
    type Pool = ();
    const NAME: &'static str = "u64";
    const HEAP: usize = 0;

    fn pool(_: usize) {}

    #[inline]
    fn with<R>(_: &(), index: usize, work: impl FnOnce(&u64) -> R) -> R {
        work(&(index as u64))
    }
}

/// `device-0000001234`: what an id of the article's case looks like.
impl Key for String {
    type Pool = Vec<String>;
    const NAME: &'static str = "string";
    const HEAP: usize = 24;

    fn pool(keys: usize) -> Vec<String> {
        (0..keys).map(|index| format!("device-{index:010}")).collect()
    }

    #[inline]
    fn with<R>(pool: &Vec<String>, index: usize, work: impl FnOnce(&String) -> R) -> R {
        work(&pool[index])
    }
}

/// What is stored.
pub trait Value: Clone + Send + Sync + 'static {
    /// A value of so many bytes, where the type leaves that open.
    fn make(number: u64, bytes: usize) -> Self;
    /// A word of it, so that a read is a read.
    fn word(&self) -> u64;
    /// About how many bytes of the heap it takes.
    fn heap(bytes: usize) -> usize;
}

impl Value for u64 {
    #[inline]
    fn make(number: u64, _: usize) -> u64 {
        number
    }

    #[inline]
    fn word(&self) -> u64 {
        *self
    }

    fn heap(_: usize) -> usize {
        0
    }
}

impl Value for Vec<u8> {
    fn make(number: u64, bytes: usize) -> Vec<u8> {
        vec![number as u8; bytes]
    }

    fn word(&self) -> u64 {
        self.last().map_or(0, |byte| u64::from(*byte))
    }

    fn heap(bytes: usize) -> usize {
        bytes + 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_one_of_its_index() {
        assert_eq!(u64::with(&(), 2, |key| *key), 2);
        let strings = String::pool(3);
        assert_eq!(String::with(&strings, 2, String::clone), "device-0000000002");
    }

    #[test]
    fn a_value_has_its_bytes() {
        assert_eq!(Vec::<u8>::make(7, 40), vec![7; 40]);
        assert_eq!((u64::make(7, 40), Vec::<u8>::make(7, 1).word()), (7, 7));
    }
}
