//! The heap of a program whose pointers are watched: what is freed there while actors run ends at
//! that moment for whoever has read a pointer to it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Who is told of what is freed, while an execution runs on this thread. It has no destructor,
    /// so that it is there to the end.
    static TOLD: Cell<Option<Told>> = const { Cell::new(None) };
}

/// Is given what is freed, and where it lies.
pub(super) type Told = fn(usize, Freed);

/// The system's heap, for `#[global_allocator]`: under a checker that keeps clocks, memory that an
/// actor frees and another may still read is a race.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap;

// Safety: all memory is the system's, and goes back to it once, at once or later.
unsafe impl GlobalAlloc for Heap {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Safety: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // Safety: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Safety: the caller's promise.
        unsafe { System.realloc(place, layout, size) }
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

/// Has somebody told of what is freed on this thread, or nobody.
pub(super) fn tell(told: Option<Told>) {
    TOLD.set(told);
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
