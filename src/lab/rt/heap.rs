//! The heap of a program whose pointers are watched: what is freed there while actors run ends at
//! that moment for whoever has read a pointer to it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Who is told of what is freed, while an execution runs on this thread. It has no destructor,
    /// so that it is there to the end.
    static TOLD: Cell<Option<Told>> = const { Cell::new(None) };
    /// As [`TOLD`], of what is made.
    static MADE: Cell<Option<Made>> = const { Cell::new(None) };
}

/// Is given what is freed, and where it lies.
pub(super) type Told = fn(usize, Freed);
/// Is given where memory lies that was made, and how long it is.
pub(super) type Made = fn(usize, usize);

/// The system's heap, for `#[global_allocator]`: under a checker that keeps clocks, memory that an
/// actor frees and another may still read is a race.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap;

// Safety: all memory is the system's, and goes back to it once, at once or later.
unsafe impl GlobalAlloc for Heap {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Safety: the caller's promise.
        made(unsafe { System.alloc(layout) }, layout.size())
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // Safety: the caller's promise.
        made(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    #[inline]
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if MADE.get().is_none() {
            // Safety: the caller's promise.
            return unsafe { System.realloc(place, layout, size) };
        }
        // The old place is given back as any other is.
        // Safety: the caller's promise.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                new.copy_from_nonoverlapping(place, layout.size().min(size));
                self.dealloc(place, layout);
            }
            new
        }
    }

    #[inline]
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        let freed = Freed(place, layout);
        match TOLD.get() {
            Some(told) => told(place.addr(), freed),
            None => drop(freed),
        }
    }
}

/// Tells of memory that was made.
#[inline]
fn made(place: *mut u8, size: usize) -> *mut u8 {
    if let Some(made) = MADE.get() {
        made(place.addr(), size);
    }
    place
}

/// Has somebody told of what is freed on this thread and of what is made, or nobody.
pub(super) fn tell(told: Option<Told>, made: Option<Made>) {
    TOLD.set(told);
    MADE.set(made);
}

/// Memory that its owner has given back, and the system not yet.
#[derive(Debug)]
pub(super) struct Freed(*mut u8, Layout);

impl Freed {
    /// How many bytes it has.
    pub(super) fn size(&self) -> usize {
        self.1.size()
    }
}

impl Drop for Freed {
    fn drop(&mut self) {
        // Safety: whoever made it was promised that nobody has the memory, and gave that up to it.
        unsafe { System.dealloc(self.0, self.1) }
    }
}
