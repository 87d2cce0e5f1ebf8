//! What one execution has besides: its lazy statics, its allocations, and the look for what it leaks.

use std::cell::RefCell;
use std::panic::Location;

use racelab::rt::whole;

/// Something that has to be gone when an execution ends, and where it was made.
struct Live {
    id: usize,
    what: &'static str,
    at: &'static Location<'static>,
}

#[derive(Default)]
struct Kept {
    /// What makes the values of lazy statics end, by where these lie, in the order in which they
    /// were made.
    statics: Vec<(usize, Box<dyn FnOnce()>)>,
    live: Vec<Live>,
    next: usize,
}

// All threads of an execution run on one thread of the system.
std::thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Runs a closure as one whole execution: its threads, its statics, and nothing left over.
pub(crate) fn whole(body: &dyn Fn(), at: &'static Location<'static>) {
    // What an execution left that was broken off belongs to nobody any more.
    KEPT.take().statics.into_iter().for_each(std::mem::forget);
    body();
    whole::ends(at);
    let statics = KEPT.with_borrow_mut(|kept| std::mem::take(&mut kept.statics));
    statics.into_iter().for_each(|(_, ends)| ends());
    whole::end_locals();
    if let Some(live) = KEPT.with_borrow_mut(|kept| kept.live.pop()) {
        panic!("{} leaked: it was made at {}:{}", live.what, live.at.file(), live.at.line());
    }
    assert!(!whole::leaks(), "Arc leaked: the last owner of one was never dropped");
}

/// At the end of this execution `ends` is called, once for what lies here.
pub(crate) fn at_the_end(place: usize, ends: impl FnOnce() + 'static) {
    KEPT.with_borrow_mut(|kept| {
        if !kept.statics.iter().any(|known| known.0 == place) {
            kept.statics.push((place, Box::new(ends)));
        }
    });
}

/// Something is made that has to be gone in the end; `id` says what it is, where it has a name.
pub(crate) fn made(what: &'static str, id: Option<usize>, at: &'static Location<'static>) -> usize {
    KEPT.with_borrow_mut(|kept| {
        // Addresses of allocations are even.
        kept.next += 2;
        let id = id.unwrap_or(kept.next + 1);
        kept.live.push(Live { id, what, at });
        id
    })
}

/// It is gone, if it was there.
pub(crate) fn gone(id: usize) {
    KEPT.with_borrow_mut(|kept| {
        if let Some(place) = kept.live.iter().position(|live| live.id == id) {
            kept.live.swap_remove(place);
        }
    });
}
