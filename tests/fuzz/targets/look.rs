//! Reads and shows every type of a file, and holds the memory that it takes against the file's size.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use racelab_layout::Judged;
use racelab_layout::dwarf::read_in;
use racelab_layout::words::{json, text};

/// Bytes of memory for each byte of debug information, unpacked, and those that are free.
const MOST: usize = 1024;
const FREE: usize = 64 << 20;

/// The system's allocator, which counts.
pub struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// Safety: all is handed to the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(NOW.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // Safety: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // Safety: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

/// Whatever comes of it; `unpacked` is how many bytes the file holds when nothing is compressed.
pub fn look(bytes: &[u8], unpacked: usize) {
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    let _ = read_in(bytes, Some("S"));
    let found = read_in(bytes, None);
    let peak = PEAK.load(Relaxed) - before;
    let most = FREE + MOST * unpacked;
    assert!(peak <= most, "{peak} bytes of memory for {unpacked} of a file");
    let Ok(found) = found else { return };
    // What is shown of each is bounded by what a page holds, not by the file.
    for layout in found.types.into_iter().take(20) {
        let judged = Judged::new(layout, 64);
        text(&judged, 2, 80);
        json::json(&[judged], &[], 2);
    }
}
