//! A heap that keeps what a program frees until its execution is over, so that what is freed twice, or
//! never was allocated, is told with its places and does no harm.

use std::alloc::{GlobalAlloc, Layout, System};
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};

use super::clocks::{DataRace, Does};
use super::context;
use super::op::Object;
use super::spot::Spot;
use crate::report::Kind;

/// The system's heap, for `#[global_allocator]`: under a checker a block that is freed twice, or never
/// was allocated, is a failure, and nobody gets memory again that its execution has freed.
///
/// Each block has four words more, or as much as it is aligned to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quarantine;

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
    /// Whether a program runs here, and not its checker.
    static RUNS: Cell<bool> = const { Cell::new(false) };
    /// The block that was freed last.
    static LAST: Cell<*mut u8> = const { Cell::new(std::ptr::null_mut()) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
    /// Who has freed what, and how it came there, in an execution that is shown.
    static SHOWN: RefCell<Vec<(usize, usize, Backtrace)>> = const { RefCell::new(Vec::new()) };
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
            LIVE if !RUNS.get() || BYTES.get() >= MOST => {
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
                aside(|| shown(place));
            }
            FREED => aside(|| wrong(Kind::DoubleFree, place)),
            _ if RUNS.get() => aside(|| wrong(Kind::InvalidFree, place)),
            // Safety: none: outside of an execution it is as the system takes it.
            _ => unsafe { System.dealloc(place, layout) },
        }
    }
}

/// An execution begins, or none runs any more: whether a program runs from here on. What the last
/// one has freed goes back to the system.
pub(crate) fn begin(runs: bool) {
    RUNS.set(false);
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
    SHOWN.with_borrow_mut(Vec::clear);
    RUNS.set(runs);
}

/// An execution has ended: what is freed from here on is none of its program's. What it has freed is
/// kept a while, for its threads may be unwinding.
pub(super) fn runs_no_more() {
    RUNS.set(false);
}

/// Does what is none of the program's: its memory comes and goes as ever.
pub(crate) fn aside<R>(does: impl FnOnce() -> R) -> R {
    let runs = RUNS.replace(false);
    let result = does();
    RUNS.set(runs);
    result
}

/// A block was freed: who did, and where, where that is shown.
fn shown(place: *mut u8) {
    context::try_with(|context| {
        if context.active.get() && context.recording() {
            let freed = (place.addr(), context.current.get(), Backtrace::force_capture());
            SHOWN.with_borrow_mut(|shown| shown.push(freed));
        }
    });
}

/// A block was freed in a way that it cannot be: the execution has failed, and ends at its next step.
/// It cannot end here, since nobody unwinds from a heap.
fn wrong(kind: Kind, place: *mut u8) {
    context::try_with(|context| {
        let over = context.stopping.get() || context.broken.get().is_some();
        let Ok(mut clocks) = context.clocks.try_borrow_mut() else { return };
        if over || !context.active.get() {
            return;
        }
        context.broken.set(Some(kind));
        let thread = context.current.get();
        let here = |stack: &Backtrace| Spot::of(stack).unwrap_or(Spot::unknown());
        let at = match context.recording() {
            true => here(&Backtrace::force_capture()),
            false => Spot::unknown(),
        };
        let second = clocks.by(thread, Does::Frees, at);
        let first = SHOWN.with_borrow(|shown| {
            let freed = shown.iter().rfind(|freed| freed.0 == place.addr())?;
            Some(clocks.by(freed.1, Does::Frees, here(&freed.2)))
        });
        let (first, object) = (first.unwrap_or(second), Object::NONE);
        clocks.races.push(DataRace { first, second, address: 0, object });
    });
}
