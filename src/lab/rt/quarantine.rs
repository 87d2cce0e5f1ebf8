//! A heap that keeps what a program frees until its execution is over, so that what is freed twice, or
//! never was allocated, is told with its places and does no harm.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's heap, for `#[global_allocator]`: under a checker a block that is freed twice, or never
/// was allocated, is a failure, and nobody gets memory again that its execution has freed.
///
/// Each block has four words more, or as much as it is aligned to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quarantine;

/// How a block was freed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Freed {
    /// For the first time.
    Once,
    /// Once more.
    Again,
    /// It never was allocated.
    Never,
}

/// Is given where a block lies that was freed, and how. It does not unwind, for it is called from
/// within the heap.
pub(super) type Told = fn(usize, Freed);

/// What lies before each block.
struct Header {
    /// What the block is, mixed with where it lies: other memory has no such word.
    is: usize,
    /// The block that was freed before this one.
    before: *mut u8,
    layout: Layout,
}

const LIVE: usize = 0x6c69_7665_b10c_51de_u64 as usize;
const FREED: usize = 0x6672_6565_b10c_51de_u64 as usize;

/// So many bytes of one execution are kept at most.
const MOST: usize = 1 << 26;

thread_local! {
    // Without destructors, so that they are there to the end.
    /// Who is told of what a program frees, while one runs here, and not its checker.
    static TOLD: Cell<Option<Told>> = const { Cell::new(None) };
    /// The block that was freed last.
    static LAST: Cell<*mut u8> = const { Cell::new(std::ptr::null_mut()) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

fn before(layout: Layout) -> usize {
    layout.align().max(size_of::<Header>())
}

/// The block of the system's that has room for the header too; none where that is too large.
fn whole(layout: Layout) -> Option<Layout> {
    let size = layout.size().checked_add(before(layout))?;
    Layout::from_size_align(size, layout.align().max(align_of::<Header>())).ok()
}

fn header(place: *mut u8) -> *mut Header {
    place.wrapping_sub(size_of::<Header>()).cast()
}

impl Quarantine {
    /// Makes a block, by a function of the system's.
    fn made(self, layout: Layout, make: impl FnOnce(Layout) -> *mut u8) -> *mut u8 {
        let base = whole(layout).map_or(std::ptr::null_mut(), make);
        if base.is_null() {
            return base;
        }
        let place = base.wrapping_add(before(layout));
        // Safety: the header's bytes lie before the block, in what was just made.
        unsafe {
            let before = std::ptr::null_mut();
            header(place).write(Header { is: LIVE ^ place.addr(), before, layout });
        }
        place
    }

    /// Gives a block back to the system.
    ///
    /// # Safety
    /// It is alive, was made with this layout, and nobody uses it any more.
    unsafe fn give_back(self, place: *mut u8, layout: Layout) {
        let Some(whole) = whole(layout) else { return };
        // Safety: the caller's promise; the header is the block's own.
        unsafe {
            (*header(place)).is = 0;
            System.dealloc(place.wrapping_sub(before(layout)), whole);
        }
    }
}

// Safety: all memory is the system's, and goes back to it once, at once or later.
unsafe impl GlobalAlloc for Quarantine {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Safety: its size is not zero.
        self.made(layout, |whole| unsafe { System.alloc(whole) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // Safety: its size is not zero.
        self.made(layout, |whole| unsafe { System.alloc_zeroed(whole) })
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // Safety: for a block of this heap its header lies there. For anything else somebody has
        // broken a promise; the bytes before it are looked at as a device would look at them.
        let is = unsafe { (&raw const (*header(place)).is).read_volatile() } ^ place.addr();
        match is {
            LIVE if TOLD.get().is_none() || BYTES.get() >= MOST => {
                // Safety: the caller's promise.
                unsafe { self.give_back(place, layout) }
            }
            LIVE => {
                BYTES.set(BYTES.get() + layout.size());
                let newest = LAST.replace(place);
                // Safety: the header is the block's own, and the block is nobody's any more.
                unsafe {
                    (*header(place)).is = FREED ^ place.addr();
                    (*header(place)).before = newest;
                }
                told(place, Freed::Once);
            }
            FREED => told(place, Freed::Again),
            _ if TOLD.get().is_some() => told(place, Freed::Never),
            // Safety: none: outside of an execution it is as the system takes it.
            _ => unsafe { System.dealloc(place, layout) },
        }
    }
}

fn told(place: *mut u8, how: Freed) {
    if let Some(told) = TOLD.get() {
        aside(|| told(place.addr(), how));
    }
}

/// An execution begins, or none runs any more: who is told of what its program frees from here on.
/// What the last one has freed goes back to the system.
pub(super) fn begin(told: Option<Told>) {
    TOLD.set(None);
    let mut next = LAST.replace(std::ptr::null_mut());
    BYTES.set(0);
    while !next.is_null() {
        // Safety: it was freed, with this layout, and kept; nobody of its execution runs any more.
        unsafe {
            let Header { before, layout, .. } = header(next).read();
            Quarantine.give_back(next, layout);
            next = before;
        }
    }
    TOLD.set(told);
}

/// No execution runs here any more.
pub(crate) fn over() {
    begin(None);
}

/// An execution has ended: what is freed from here on is none of its program's. What it has freed is
/// kept a while, for its threads may be unwinding.
pub(super) fn runs_no_more() {
    TOLD.set(None);
}

/// Whether a block lies here that this execution has freed, and nobody else was given since.
pub(super) fn keeps(address: usize) -> bool {
    let mut next = LAST.get();
    while !next.is_null() {
        // Safety: it is kept, and so is what lies before it.
        let (before, size) = unsafe { ((*header(next)).before, (*header(next)).layout.size()) };
        if (next.addr()..next.addr() + size).contains(&address) {
            return true;
        }
        next = before;
    }
    false
}

/// Does what is none of the program's: its memory comes and goes as ever.
pub(crate) fn aside<R>(does: impl FnOnce() -> R) -> R {
    let told = TOLD.replace(None);
    let result = does();
    TOLD.set(told);
    result
}
