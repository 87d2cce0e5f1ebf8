//! SafeMap on real threads: what its documentation promises, taken at its word.

mod drops;
mod hashing;
mod once;
mod oracle;
mod overruled;
mod panics;
#[cfg(debug_assertions)]
mod reentry;
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
    #[path = "../../demos/safe_map/map.rs"]
    pub mod map;
}

use native::map::SafeMap;
