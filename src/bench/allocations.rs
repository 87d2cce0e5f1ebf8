//! An allocator that counts, on one thread, where it is asked to; elsewhere it is the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// What a stretch of work took from the allocator and gave back to it, on its own thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many times memory was asked for, growing included.
    pub allocations: u64,
    /// How many bytes were asked for.
    pub bytes: u64,
    /// Bytes that were not given back; below zero where more came back than was taken.
    pub kept: i64,
}

/// The system's allocator, with a counter beside it.
///
/// A program declares it as its `#[global_allocator]`. While nothing is counted an allocation costs
/// one more load, of a word that nobody writes.
#[derive(Debug, Default)]
pub struct Counting;

/// Whether any thread counts.
static ANYBODY: AtomicBool = AtomicBool::new(false);

thread_local! {
    static COUNTS: Cell<bool> = const { Cell::new(false) };
    static TAKEN: Cell<Taken> = const {
        Cell::new(Taken { allocations: 0, bytes: 0, kept: 0 })
    };
}

fn note(allocations: u64, taken: usize, returned: usize) {
    if !ANYBODY.load(Relaxed) || !COUNTS.get() {
        return;
    }
    let mut sum = TAKEN.get();
    sum.allocations += allocations;
    sum.bytes += taken as u64;
    sum.kept += taken as i64 - returned as i64;
    TAKEN.set(sum);
}

// Safety: the system's allocator does the work, with the arguments as they came; what is counted
// beside it allocates nothing, for both cells are constants without a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size(), 0);
        // Safety: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size(), 0);
        // Safety: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(1, size, layout.size());
        // Safety: the caller's promise is passed on.
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        note(0, 0, layout.size());
        // Safety: the caller's promise is passed on.
        unsafe { System.dealloc(at, layout) }
    }
}

/// Counts what `work` takes on this thread; `None` where the program has another allocator.
pub fn of<R>(work: impl FnOnce() -> R) -> (R, Option<Taken>) {
    let probe = count(|| drop(std::hint::black_box(Box::new(0u64)))).1;
    let (result, taken) = count(work);
    (result, (probe.allocations > 0).then_some(taken))
}

fn count<R>(work: impl FnOnce() -> R) -> (R, Taken) {
    ANYBODY.store(true, Relaxed);
    COUNTS.set(true);
    TAKEN.set(Taken::default());
    let result = work();
    COUNTS.set(false);
    (result, TAKEN.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[global_allocator]
    static ALLOCATOR: Counting = Counting;

    #[test]
    fn what_is_taken_and_kept_is_counted() {
        let (kept, taken) = of(|| {
            let mut kept: Vec<u64> = Vec::with_capacity(4);
            kept.extend([1, 2, 3, 4, 5, 6, 7, 8]);
            drop(Box::new([0u8; 100]));
            kept
        });
        let taken = taken.expect("this program counts");
        assert_eq!(taken.allocations, 3);
        assert_eq!(taken.kept, 8 * kept.capacity() as i64);
        assert_eq!(taken.bytes, 32 + 8 * kept.capacity() as u64 + 100);
        let (_, taken) = of(|| drop(kept));
        assert!(taken.is_some_and(|taken| taken.kept < 0 && taken.allocations == 0));
    }

    #[test]
    fn other_threads_are_not_counted() {
        let gate = std::sync::Barrier::new(2);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                gate.wait();
                drop(std::hint::black_box(vec![0u8; 1 << 20]));
                gate.wait();
            });
            let (_, taken) = of(|| {
                gate.wait();
                gate.wait();
            });
            assert!(taken.is_some_and(|taken| taken.bytes < 1 << 20));
        });
    }
}
