//! SafeMap with the runtime's lock in the place of its own.

use super::rt;

#[path = "lock/plain.rs"]
mod lock;
#[path = "map.rs"]
mod map;

pub use map::SafeMap;
