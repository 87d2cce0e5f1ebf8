//! The survey: which places in the source do what, and which traps of an engine they walk into.

use std::cell::RefCell;
use std::sync::atomic::Ordering;

use super::observe::Seen;
use super::op::{Kind, Object};
use super::weaken::{Knob, Site};

/// A place in the source that could be weakened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub site: Site,
    /// What stands there: `load`, `store`, `fence`, `lock`.
    pub operation: &'static str,
    /// The ordering as written; none for a lock.
    pub order: Option<Ordering>,
    /// The lock taken there, by identity.
    pub object: Object,
    /// The thread that came there.
    pub thread: usize,
}

thread_local! {
    static PLACES: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

/// Takes the places seen since the last call.
pub(crate) fn take() -> Vec<Place> {
    PLACES.with(|places| std::mem::take(&mut *places.borrow_mut()))
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    let knob = match seen.op.kind {
        Kind::Fence => Knob::Fence,
        Kind::Lock | Kind::ReadLock | Kind::TryLock | Kind::TryReadLock => Knob::Lock,
        Kind::Load | Kind::Store => Knob::Order,
        Kind::Rmw if seen.wrote.is_none() => Knob::Failure,
        Kind::Rmw => Knob::Order,
        _ => return,
    };
    let place = Place {
        site: Site::new(seen.at, knob),
        operation: seen.name,
        order: seen.order,
        object: seen.op.object,
        thread,
    };
    PLACES.with(|places| {
        let mut places = places.borrow_mut();
        if !places.contains(&place) {
            places.push(place);
        }
    });
}
