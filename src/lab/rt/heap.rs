//! The heap of a program whose pointers are watched: what is freed there while actors run ends at
//! that moment for whoever has read a pointer to it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use super::clocks;

thread_local! {
    /// An execution runs on this thread. It has no destructor, so that it is there to the end.
    static RUNS: Cell<bool> = const { Cell::new(false) };
}

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
        match RUNS.get() {
            true => clocks::freed(place.addr(), freed),
            false => drop(freed),
        }
    }
}

/// An execution begins on this thread, or has ended.
pub(super) fn runs(runs: bool) {
    RUNS.set(runs);
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
