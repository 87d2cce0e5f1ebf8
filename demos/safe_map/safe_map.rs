//! SafeMap with the lock of this course.

use super::rt;

#[path = "lock/lock.rs"]
mod lock;
#[path = "map.rs"]
mod map;

pub use map::SafeMap;
