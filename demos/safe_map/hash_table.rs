//! A hash table whose entries lie beside their tags: what one lock guards.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::marker::PhantomData;
use std::ptr::NonNull;

use super::tags::{PLACES, Places, Tags, tag};

/// Entries of a type `T`, found by a hash and a comparison that the caller brings.
///
/// **How.** A power-of-two number of buckets, each a word of [`Tags`] followed by seven entries. The
/// low bits of a hash choose its bucket. Where that is full, an entry goes on to another, by steps
/// that depend on its tag, and each bucket that it passes counts it: a search ends at the first
/// bucket that nobody has passed. This is what F14 does (Bronson and Shi, "Open-sourcing F14 for
/// faster, more memory-efficient hash tables", 2019), with seven places for its fourteen.
///
/// **Why not hashbrown's**, which std has: that keeps all tags in one array and all entries in
/// another. With millions of keys a look waits for memory twice, and a write takes one cache line more
/// from another processor. Here the entry lies in the line of its tag, or in one of the next.
pub(super) struct HashTable<T> {
    /// The first bucket, or [`NO_BUCKET`].
    buckets: NonNull<Tags>,
    /// The number of buckets, less one.
    mask: u32,
    /// How many entries more it takes before it is full.
    room: u32,
    owned: PhantomData<T>,
}

// Safety: it owns its entries, and shares them as a `Vec` does.
unsafe impl<T: Send> Send for HashTable<T> {}
// Safety: as above.
unsafe impl<T: Sync> Sync for HashTable<T> {}

/// The one bucket of a table without memory: nothing is ever found in it, or stored.
static NO_BUCKET: Tags = Tags::NONE;

/// Six of seven places are filled, in the mean, before a table is full.
const FILLED: usize = PLACES - 1;

const TOO_MANY: &str = "SafeMap: more entries than a shard can hold";

/// Where an entry lies: its bucket, and the place in it.
#[derive(Clone, Copy)]
struct Position {
    bucket: usize,
    place: usize,
}

impl<T> HashTable<T> {
    /// Where the first entry lies, in bytes from the tags: so that none lies on two cache lines that
    /// need not.
    const FIRST: usize = {
        let whole = if size_of::<T>() == 0 { 1 } else { 1 << size_of::<T>().trailing_zeros() };
        max(max(size_of::<Tags>(), align_of::<T>()), if whole < LINE { whole } else { LINE })
    };
    /// The bytes of a bucket: whole cache lines, unless too many would lie idle.
    const STRIDE: usize = {
        let used = Self::FIRST + PLACES * size_of::<T>();
        let lines = used.next_multiple_of(Self::ALIGN);
        let is_wasteful = lines - used > used / 4;
        if is_wasteful {
            used.next_multiple_of(max(size_of::<Tags>(), align_of::<T>()))
        } else {
            lines
        }
    };
    const ALIGN: usize = max(LINE, align_of::<T>());

    /// An empty one, without memory.
    pub(super) const fn new() -> Self {
        let buckets = NonNull::from_ref(&NO_BUCKET);
        HashTable { buckets, mask: 0, room: 0, owned: PhantomData }
    }

    /// An empty one that takes so many entries before it is full, or more; none is without memory.
    pub(super) fn with_capacity(entries: usize) -> Self {
        if entries == 0 {
            return Self::new();
        }
        let count = entries.div_ceil(FILLED).next_power_of_two();
        let room = u32::try_from(count.saturating_mul(FILLED)).expect(TOO_MANY);
        let layout = Self::memory(count);
        // Safety: a bucket has at least the bytes of its tags.
        let buckets = NonNull::new(unsafe { alloc_zeroed(layout) }.cast::<Tags>());
        let buckets = buckets.unwrap_or_else(|| handle_alloc_error(layout));
        HashTable { buckets, mask: count as u32 - 1, room, owned: PhantomData }
    }

    /// What so many buckets take. All zero they are empty.
    fn memory(count: usize) -> Layout {
        let bytes = count.checked_mul(Self::STRIDE);
        let layout = bytes.and_then(|bytes| Layout::from_size_align(bytes, Self::ALIGN).ok());
        layout.expect(TOO_MANY)
    }

    pub(super) fn len(&self) -> usize {
        if self.has_memory() { self.count() * FILLED - self.room as usize } else { 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many buckets there are.
    fn count(&self) -> usize {
        self.mask as usize + 1
    }

    fn has_memory(&self) -> bool {
        self.buckets != NonNull::from_ref(&NO_BUCKET)
    }

    /// Whether one more entry has no room.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// Where its buckets lie, and what picks one of them: to prefetch by.
    pub(super) fn address(&self) -> usize {
        self.buckets.as_ptr().addr()
    }

    pub(super) fn mask(&self) -> u32 {
        self.mask
    }

    /// Asks the processor for the bucket of a hash in a table that was at this address with this mask.
    #[inline]
    pub(super) fn prefetch(address: usize, mask: u32, hash: u64) {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            let bucket = hash as u32 & mask;
            let address = address.wrapping_add(bucket as usize * Self::STRIDE) as *const i8;
            // Safety: it is a hint, whatever the address.
            unsafe {
                _mm_prefetch::<_MM_HINT_T0>(address);
                if Self::STRIDE > LINE {
                    _mm_prefetch::<_MM_HINT_T0>(address.wrapping_add(LINE));
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = (address, mask, hash);
    }

    /// The entry with this hash that `is_it` says yes to.
    #[inline]
    pub(super) fn find(&self, hash: u64, is_it: impl FnMut(&T) -> bool) -> Option<&T> {
        // Safety: an entry lies there, and nobody changes it as long as the table is borrowed.
        self.position(hash, is_it).map(|position| unsafe { &*self.entry(position) })
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
        assert!(!self.is_full(), "SafeMap: a table has grown beforehand");
        let tag = tag(hash);
        let mut bucket = self.home(hash);
        let place = loop {
            let tags = self.tags(bucket);
            if let Some(place) = tags.free().next() {
                break place;
            }
            self.set_tags(bucket, tags.passed());
            bucket = self.next(bucket, tag);
        };
        let position = Position { bucket, place };
        // Safety: this place is free, and has memory, for the table has room.
        unsafe { self.entry(position).write(entry) };
        self.set_tags(bucket, self.tags(bucket).with(place, tag));
        self.room -= 1;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        // Safety: an entry lies there, and nobody changes it as long as the table is borrowed.
        self.positions().map(|position| unsafe { &*self.entry(position) })
    }

    /// Takes out what `goes` says yes to. `hash_of` is asked for the hash of each such entry; without
    /// one, some searches will look into one bucket more than they need, until the table grows.
    pub(super) fn extract_if(
        &mut self,
        mut goes: impl FnMut(&mut T) -> bool,
        mut hash_of: impl FnMut(&T) -> Option<u64>,
    ) -> Vec<T> {
        let mut taken = Vec::new();
        for bucket in 0..self.count() {
            for place in self.tags(bucket).taken() {
                let position = Position { bucket, place };
                // Safety: an entry lies there, and the table is borrowed for this call alone.
                let entry = unsafe { &mut *self.entry(position) };
                if goes(entry) {
                    let hash = hash_of(entry);
                    taken.push(self.remove(position, hash));
                }
            }
        }
        taken
    }

    /// All entries, in the order of [`iter`](HashTable::iter).
    pub(super) fn into_entries(mut self) -> impl Iterator<Item = T> {
        let mut bucket = 0;
        std::iter::from_fn(move || self.take_from(&mut bucket))
    }

    /// Takes out the first entry in this bucket or behind it, and says in which.
    fn take_from(&mut self, bucket: &mut usize) -> Option<T> {
        while *bucket < self.count() {
            if let Some(place) = self.tags(*bucket).taken().next() {
                return Some(self.remove(Position { bucket: *bucket, place }, None));
            }
            *bucket += 1;
        }
        None
    }

    /// Takes out the entry that lies there, of which this is the hash, if that is known.
    #[inline]
    fn remove(&mut self, position: Position, hash: Option<u64>) -> T {
        let Position { bucket, place } = position;
        // First, so that nobody can find it again. Each bucket that it went past counts one fewer.
        self.set_tags(bucket, self.tags(bucket).without(place));
        self.room += 1;
        if let Some(hash) = hash {
            let mut passed = self.home(hash);
            while passed != bucket {
                self.set_tags(passed, self.tags(passed).passed_back());
                passed = self.next(passed, tag(hash));
            }
        }
        // Safety: an entry lay there, and now it is the caller's.
        unsafe { self.entry(position).read() }
    }

    /// Where the entry lies with this hash that `is_it` says yes to.
    #[inline]
    fn position(&self, hash: u64, mut is_it: impl FnMut(&T) -> bool) -> Option<Position> {
        let tag = tag(hash);
        let home = self.home(hash);
        let mut bucket = home;
        loop {
            let tags = self.tags(bucket);
            for place in tags.like(tag) {
                let position = Position { bucket, place };
                // Safety: an entry lies where there is a tag.
                if is_it(unsafe { &*self.entry(position) }) {
                    return Some(position);
                }
            }
            if !tags.is_passed() {
                return None;
            }
            bucket = self.next(bucket, tag);
            // All buckets may have been passed, and stay so where it is no longer counted.
            if bucket == home {
                return None;
            }
        }
    }

    /// Where all entries lie.
    fn positions(&self) -> impl Iterator<Item = Position> {
        (0..self.count()).flat_map(|bucket| {
            let taken: Places = self.tags(bucket).taken();
            taken.map(move |place| Position { bucket, place })
        })
    }

    /// The bucket that the entry of a hash belongs to.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        (hash as u32 & self.mask) as usize
    }

    /// The bucket where an entry with this tag goes on: an odd number of buckets further, so that it
    /// comes to all of them.
    #[inline]
    fn next(&self, bucket: usize, tag: u8) -> usize {
        (bucket + 2 * usize::from(tag) + 1) & self.mask as usize
    }

    #[inline]
    fn tags(&self, bucket: usize) -> Tags {
        // Safety: a bucket's tags lie there, which were written, or are zero.
        unsafe { self.bucket(bucket).read() }
    }

    #[inline]
    fn set_tags(&mut self, bucket: usize, tags: Tags) {
        // Safety: a bucket's tags lie there. Without memory there is no entry, and so nothing to note.
        unsafe { self.bucket(bucket).write(tags) }
    }

    #[inline]
    fn bucket(&self, bucket: usize) -> *mut Tags {
        debug_assert!(bucket < self.count());
        // Safety: it lies within the memory of the buckets.
        unsafe { self.buckets.as_ptr().byte_add(bucket * Self::STRIDE) }
    }

    /// Where an entry lies or may lie, in a table with memory.
    #[inline]
    fn entry(&self, position: Position) -> *mut T {
        debug_assert!(self.has_memory() && position.place < PLACES);
        // Safety: it lies within the memory of the buckets.
        unsafe {
            self.bucket(position.bucket).byte_add(Self::FIRST).cast::<T>().add(position.place)
        }
    }
}

impl<T> Drop for HashTable<T> {
    fn drop(&mut self) {
        if !self.has_memory() {
            return;
        }
        // Where an entry panics as it is dropped, the rest and the memory are lost, and nothing else.
        if std::mem::needs_drop::<T>() {
            let mut bucket = 0;
            while let Some(entry) = self.take_from(&mut bucket) {
                drop(entry);
            }
        }
        // Safety: this memory is of `with_capacity`, and nobody refers to it any more.
        unsafe { dealloc(self.buckets.as_ptr().cast(), Self::memory(self.count())) }
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
        // Safety: an entry lies there, and the table is borrowed for this alone.
        unsafe { &mut *self.table.entry(self.position) }
    }

    #[inline]
    pub(super) fn remove(self) -> T {
        self.table.remove(self.position, Some(self.hash))
    }
}

const LINE: usize = 64;

const fn max(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}
