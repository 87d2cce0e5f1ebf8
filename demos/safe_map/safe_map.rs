//! SafeMap with the lock of this course.

use super::rt;

#[path = "lock/lock.rs"]
mod lock;
#[path = "map.rs"]
mod map;

// Not every copy is asked for all of these.
#[allow(unused_imports)]
pub use map::{Counters, Counts, Observer, SafeMap};
