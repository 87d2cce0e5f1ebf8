//! The memory of a hash table: where its buckets lie, and in them the tags and the entries.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::marker::PhantomData;
use std::ptr::NonNull;

use super::tags::{PLACES, Places, Tags};

/// Buckets, each of which is a word of [`Tags`] and, behind it, places for seven entries. Where there
/// is a tag there is an entry, and nowhere else.
pub(super) struct Buckets<T> {
    /// The first one, or [`NO_BUCKET`].
    start: NonNull<Tags>,
    /// Their number, a power of two, less one.
    mask: u32,
    /// How many entries more there are to be.
    room: u32,
    owned: PhantomData<T>,
}

// Safety: it owns its entries, and shares them as a `Vec` does.
unsafe impl<T: Send> Send for Buckets<T> {}
// Safety: as above.
unsafe impl<T: Sync> Sync for Buckets<T> {}

/// The one bucket of who has no memory: nothing is ever found in it, or stored.
static NO_BUCKET: Tags = Tags::NONE;

/// Six of seven places are filled, in the mean, before a table is full.
const FILLED: usize = PLACES - 1;

const TOO_MANY: &str = "SafeMap: more entries than a shard can hold";

/// Where an entry lies: its bucket, and the place in it.
#[derive(Clone, Copy)]
pub(super) struct Position {
    pub(super) bucket: usize,
    pub(super) place: usize,
}

impl<T> Buckets<T> {
    /// Where the first entry lies, in bytes from the tags: so that none lies on two cache lines that
    /// need not.
    const FIRST: usize = {
        let whole = if size_of::<T>() == 0 { 1 } else { 1 << size_of::<T>().trailing_zeros() };
        max(max(size_of::<Tags>(), align_of::<T>()), if whole < LINE { whole } else { LINE })
    };
    /// The bytes of a bucket: whole cache lines, unless too many would lie idle.
    pub(super) const STRIDE: usize = {
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

    /// None, and no memory.
    pub(super) const fn none() -> Self {
        Buckets { start: NonNull::from_ref(&NO_BUCKET), mask: 0, room: 0, owned: PhantomData }
    }

    /// As many as so many entries fill, or more; none for none.
    pub(super) fn for_entries(entries: usize) -> Self {
        if entries == 0 {
            return Self::none();
        }
        let count = entries.div_ceil(FILLED).next_power_of_two();
        let room = u32::try_from(count.saturating_mul(FILLED)).expect(TOO_MANY);
        let layout = Self::memory(count);
        // Safety: a bucket has at least the bytes of its tags. All zero, it is empty.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) }.cast::<Tags>());
        let start = start.unwrap_or_else(|| handle_alloc_error(layout));
        Buckets { start, mask: count as u32 - 1, room, owned: PhantomData }
    }

    fn memory(count: usize) -> Layout {
        let bytes = count.checked_mul(Self::STRIDE);
        let layout = bytes.and_then(|bytes| Layout::from_size_align(bytes, Self::ALIGN).ok());
        layout.expect(TOO_MANY)
    }

    fn has_memory(&self) -> bool {
        self.start != NonNull::from_ref(&NO_BUCKET)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.mask as usize + 1
    }

    /// A number, taken as that of a bucket.
    #[inline]
    pub(super) fn wrapped(&self, number: usize) -> usize {
        number & self.mask as usize
    }

    /// How many entries there are.
    pub(super) fn entries(&self) -> usize {
        if self.has_memory() { self.count() * FILLED - self.room as usize } else { 0 }
    }

    /// How many more there are to be.
    #[inline]
    pub(super) fn room(&self) -> u32 {
        self.room
    }

    #[inline]
    pub(super) fn tags(&self, bucket: usize) -> Tags {
        // Safety: a bucket's tags lie there, which were written, or are zero.
        unsafe { self.bucket(bucket).read() }
    }

    /// Counts one more entry that went past a bucket.
    pub(super) fn pass(&mut self, bucket: usize) {
        self.set_tags(bucket, self.tags(bucket).passed());
    }

    /// Counts one fewer.
    pub(super) fn pass_back(&mut self, bucket: usize) {
        self.set_tags(bucket, self.tags(bucket).passed_back());
    }

    /// The entry that lies there.
    ///
    /// # Safety
    /// There is one.
    #[inline]
    pub(super) unsafe fn get(&self, position: Position) -> &T {
        // Safety: as above, and nobody changes it as long as the buckets are borrowed.
        unsafe { &*self.entry(position) }
    }

    /// The same, to change.
    ///
    /// # Safety
    /// There is one.
    #[inline]
    pub(super) unsafe fn get_mut(&mut self, position: Position) -> &mut T {
        // Safety: as above, and the buckets are borrowed for this alone.
        unsafe { &mut *self.entry(position) }
    }

    /// Stores an entry, with its tag, in a place that is free. There must be room.
    #[inline]
    pub(super) fn put(&mut self, position: Position, tag: u8, entry: T) {
        let tags = self.tags(position.bucket);
        assert!(self.room > 0 && tags.is_free(position.place), "SafeMap: there is no room");
        // Safety: the place is free, and has memory, for there is room.
        unsafe { self.entry(position).write(entry) };
        self.set_tags(position.bucket, tags.with(position.place, tag));
        self.room -= 1;
    }

    /// Takes out the entry that lies there.
    ///
    /// # Safety
    /// There is one.
    #[inline]
    pub(super) unsafe fn take(&mut self, position: Position) -> T {
        self.set_tags(position.bucket, self.tags(position.bucket).without(position.place));
        self.room += 1;
        // Safety: as above, and without its tag nobody finds it again.
        unsafe { self.entry(position).read() }
    }

    /// Takes out the first entry in this bucket or behind it, and says in which.
    pub(super) fn take_from(&mut self, bucket: &mut usize) -> Option<T> {
        while *bucket < self.count() {
            if let Some(place) = self.tags(*bucket).taken().next() {
                // Safety: there is its tag.
                return Some(unsafe { self.take(Position { bucket: *bucket, place }) });
            }
            *bucket += 1;
        }
        None
    }

    /// Where all entries lie.
    pub(super) fn positions(&self) -> impl Iterator<Item = Position> {
        let taken = |bucket| -> Places { self.tags(bucket).taken() };
        (0..self.count())
            .flat_map(move |bucket| taken(bucket).map(move |place| Position { bucket, place }))
    }

    /// Where the first bucket lies, and what picks one.
    pub(super) fn address_and_mask(&self) -> (usize, u32) {
        (self.start.as_ptr().addr(), self.mask)
    }

    #[inline]
    fn set_tags(&mut self, bucket: usize, tags: Tags) {
        debug_assert!(self.has_memory());
        // Safety: a bucket's tags lie there. Without memory nothing is stored, passed or taken.
        unsafe { self.bucket(bucket).write(tags) }
    }

    #[inline]
    fn bucket(&self, bucket: usize) -> *mut Tags {
        debug_assert!(bucket < self.count());
        // Safety: it lies within the memory of the buckets.
        unsafe { self.start.as_ptr().byte_add(bucket * Self::STRIDE) }
    }

    /// Where an entry lies or may lie, with memory.
    #[inline]
    fn entry(&self, position: Position) -> *mut T {
        debug_assert!(self.has_memory() && position.place < PLACES);
        // Safety: it lies within the memory of the buckets.
        unsafe {
            self.bucket(position.bucket).byte_add(Self::FIRST).cast::<T>().add(position.place)
        }
    }
}

impl<T> Drop for Buckets<T> {
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
        // Safety: this memory is of `for_entries`, and nobody refers to it any more.
        unsafe { dealloc(self.start.as_ptr().cast(), Self::memory(self.count())) }
    }
}

/// The bytes of a cache line, or of half of one.
pub(super) const LINE: usize = 64;

const fn max(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}
