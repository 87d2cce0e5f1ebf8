//! A hash table whose entries lie beside their tags: what one lock guards.

use super::buckets::{Buckets, Position};
use super::tags::tag;

/// Entries of a type `T`, found by a hash and a comparison that the caller brings.
///
/// **How.** The low bits of a hash choose a bucket of seven entries and their tags. Where that is full,
/// an entry goes on to another, by steps that depend on its tag, and each bucket that it passes counts
/// it: a search ends at the first bucket that nobody has passed. This is what F14 does (Bronson and
/// Shi, "Open-sourcing F14 for faster, more memory-efficient hash tables", 2019), with seven places for
/// its fourteen.
///
/// **Why not hashbrown's**, which std has: that keeps all tags in one array and all entries in
/// another. With millions of keys a look waits for memory twice, and a write takes one cache line more
/// from another processor. Here the entry lies in the line of its tag, or in one of the next.
pub(super) struct HashTable<T> {
    buckets: Buckets<T>,
}

impl<T> HashTable<T> {
    /// An empty one, without memory.
    pub(super) const fn new() -> Self {
        HashTable { buckets: Buckets::none() }
    }

    /// An empty one that takes so many entries before it is full, or more; none is without memory.
    pub(super) fn with_capacity(entries: usize) -> Self {
        HashTable { buckets: Buckets::for_entries(entries) }
    }

    pub(super) fn len(&self) -> usize {
        self.buckets.entries()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether one more entry has no room.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.buckets.room() == 0
    }

    /// Where it lies in memory, and what picks a bucket by a hash.
    pub(super) fn address_and_mask(&self) -> (usize, u32) {
        self.buckets.address_and_mask()
    }

    /// The entry with this hash that `is_it` says yes to.
    #[inline]
    pub(super) fn find(&self, hash: u64, is_it: impl FnMut(&T) -> bool) -> Option<&T> {
        // Safety: it was found there.
        self.position(hash, is_it).map(|position| unsafe { self.buckets.get(position) })
    }

    /// The same, to change or remove.
    #[inline]
    pub(super) fn find_entry(
        &mut self,
        hash: u64,
        is_it: impl FnMut(&T) -> bool,
    ) -> Option<Occupied<'_, T>> {
        let position = self.position(hash, is_it)?;
        Some(Occupied { table: self, hash, position })
    }

    /// Stores an entry that is not there yet. There must be room for it.
    #[inline]
    pub(super) fn insert_unique(&mut self, hash: u64, entry: T) {
        let mut bucket = self.home(hash);
        let place = loop {
            if let Some(place) = self.buckets.tags(bucket).free().next() {
                break place;
            }
            self.buckets.pass(bucket);
            bucket = self.next(bucket, hash);
        };
        self.buckets.put(Position { bucket, place }, tag(hash), entry);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        // Safety: these are where entries lie.
        self.buckets.positions().map(|position| unsafe { self.buckets.get(position) })
    }

    /// Takes out what `goes` says yes to. `hash_of` is asked for the hash of each such entry; without
    /// one, some searches will look into one bucket more than they need, until the table grows.
    pub(super) fn extract_if(
        &mut self,
        mut goes: impl FnMut(&mut T) -> bool,
        mut hash_of: impl FnMut(&T) -> Option<u64>,
    ) -> Vec<T> {
        let mut taken = Vec::new();
        for bucket in 0..self.buckets.count() {
            for place in self.buckets.tags(bucket).taken() {
                let position = Position { bucket, place };
                // Safety: there is its tag.
                let entry = unsafe { self.buckets.get_mut(position) };
                if goes(entry) {
                    let hash = hash_of(entry);
                    // Safety: as above.
                    taken.push(unsafe { self.remove(position, hash) });
                }
            }
        }
        taken
    }

    /// All entries, in the order of [`iter`](HashTable::iter).
    pub(super) fn into_entries(mut self) -> impl Iterator<Item = T> {
        let mut bucket = 0;
        std::iter::from_fn(move || self.buckets.take_from(&mut bucket))
    }

    /// Takes out the entry that lies there, of which this is the hash, if that is known.
    ///
    /// # Safety
    /// There is one.
    #[inline]
    unsafe fn remove(&mut self, position: Position, hash: Option<u64>) -> T {
        if let Some(hash) = hash {
            // Each bucket that it went past counts one fewer.
            let mut passed = self.home(hash);
            while passed != position.bucket {
                self.buckets.pass_back(passed);
                passed = self.next(passed, hash);
            }
        }
        // Safety: as above.
        unsafe { self.buckets.take(position) }
    }

    /// Where the entry lies with this hash that `is_it` says yes to.
    #[inline]
    fn position(&self, hash: u64, mut is_it: impl FnMut(&T) -> bool) -> Option<Position> {
        // Most searches end here. In a loop with the rest they would put aside what only that needs.
        let mut bucket = self.home(hash);
        if let Some(position) = self.position_in(bucket, hash, &mut is_it) {
            return Some(position);
        }
        while self.buckets.tags(bucket).is_passed() {
            bucket = self.next(bucket, hash);
            // All buckets may have been passed, and stay so where it is no longer counted.
            if bucket == self.home(hash) {
                break;
            }
            if let Some(position) = self.position_in(bucket, hash, &mut is_it) {
                return Some(position);
            }
        }
        None
    }

    /// The same, in one bucket.
    #[inline(always)]
    fn position_in(
        &self,
        bucket: usize,
        hash: u64,
        is_it: &mut impl FnMut(&T) -> bool,
    ) -> Option<Position> {
        let places = self.buckets.tags(bucket).like(tag(hash));
        // Safety: there are their tags.
        places
            .map(|place| Position { bucket, place })
            .find(|&position| is_it(unsafe { self.buckets.get(position) }))
    }

    /// The bucket that the entry of a hash belongs to.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        self.buckets.wrapped(hash as usize)
    }

    /// The bucket where an entry of this hash goes on: an odd number of buckets further, so that it
    /// comes to all of them.
    #[inline]
    fn next(&self, bucket: usize, hash: u64) -> usize {
        self.buckets.wrapped(bucket + 2 * usize::from(tag(hash)) + 1)
    }
}

/// An entry that was found.
pub(super) struct Occupied<'t, T> {
    table: &'t mut HashTable<T>,
    hash: u64,
    position: Position,
}

impl<T> Occupied<'_, T> {
    #[inline]
    pub(super) fn get_mut(&mut self) -> &mut T {
        // Safety: it was found there, and is there as long as this borrows the table.
        unsafe { self.table.buckets.get_mut(self.position) }
    }

    #[inline]
    pub(super) fn remove(self) -> T {
        // Safety: as above.
        unsafe { self.table.remove(self.position, Some(self.hash)) }
    }
}
