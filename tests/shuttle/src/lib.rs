//! shuttle's paths over racelab's model runtime, for shuttle's own tests: `suite.sh` beside this puts
//! it in the place of shuttle.
//!
//! What is in this crate is what a test of behaviour names. Schedules, their recordings, steps, labels
//! and tags are shuttle's own, and are not here.

pub mod check;
pub mod current;
pub mod future;
pub mod lazy_static;
pub mod rand;
pub mod scheduler;
pub mod thread;

mod execution;

pub use check::{
    Config, MaxSteps, Runner, check, check_dfs, check_pct, check_random, check_random_with_seed,
    replay,
};
pub use loom::thread_local;

/// As `lazy_static!` of the crate of that name.
#[macro_export]
macro_rules! lazy_static {
    ($($items:tt)*) => {
        $crate::lazy_static::of_loom! { $($items)* }
    };
}

/// As [`std::hint`].
pub use loom::hint;

/// As [`std::sync`].
pub mod sync {
    pub use racelab::rt::shuttle::sync::*;
}
