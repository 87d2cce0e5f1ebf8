//! SafeMap on real threads: what its documentation promises, taken at its word.

mod drops;
mod hashing;
mod once;
mod oracle;
mod overruled;
mod panics;
#[cfg(debug_assertions)]
mod reentry;
mod rivals;
mod stress;
mod support;
mod whole;

/// SafeMap compiled against std, as `scenario!` does it.
#[path = ""]
pub mod native {
    /// std's types under the facade's paths.
    pub mod rt {
        pub use std::{sync, thread};
    }
    #[path = "../../demos/safe_map/rivals/copy_on_write.rs"]
    pub mod copy_on_write;
    #[path = "../../demos/safe_map/map.rs"]
    pub mod map;
    #[path = "../../demos/safe_map/rivals/one_lock.rs"]
    pub mod one_lock;
    #[path = "../../demos/safe_map/rivals/two_maps.rs"]
    pub mod two_maps;
}

use native::map::SafeMap;
