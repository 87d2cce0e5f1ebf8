//! Two accesses that nothing orders.

use crate::rt::op::Object;
use crate::rt::spot::Spot;

/// One access to an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    pub(crate) thread: usize,
    pub(crate) does: Does,
    pub(crate) at: Spot,
    pub(super) time: u32,
}

impl Access {
    /// One that was recorded without a clock.
    pub(crate) fn recorded(thread: usize, write: bool, at: Spot) -> Access {
        let does = if write { Does::Writes } else { Does::Reads };
        Access { thread, does, at, time: 0 }
    }
}

/// What an access does, as far as a race cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// Reads plain memory.
    Reads,
    /// Writes plain memory.
    Writes,
    /// Uses an atomic or a lock: only its beginning and its end race with that.
    Uses,
    /// Makes the object, while others run.
    Makes,
    /// Ends the object.
    Drops,
    /// Gives memory back to the heap.
    Frees,
    /// Stores past the caches.
    Streams,
    /// Releases what its thread has stored.
    Releases,
    /// Stores a pointer to what it has made.
    Publishes,
    /// Reads a pointer, and may follow it.
    Follows,
    /// Changes what lies behind a pointer, after its last operation.
    Changes,
}

/// Two accesses that nothing orders, at least one of them a write or an end; or an end and a use
/// that comes after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataRace {
    pub(crate) first: Access,
    pub(crate) second: Access,
    pub(crate) address: usize,
    pub(crate) object: Object,
}
