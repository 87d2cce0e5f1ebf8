//! SafeMap with the runtime's lock in the place of its own.

use super::rt;

#[path = "lock/plain.rs"]
mod lock;
#[path = "map.rs"]
mod map;

// Not every copy is asked for all of these.
#[allow(unused_imports)]
pub use map::{Counters, Counts, Observer, SafeMap};
