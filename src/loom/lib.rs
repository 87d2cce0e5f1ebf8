//! The paths of loom 0.7 over racelab's model runtime: a crate that has loom tests changes its
//! manifest, and nothing else.
//!
//! ```toml
//! [patch.crates-io]
//! loom = { git = "https://github.com/racelab/racelab" }
//! ```
//!
//! [`model`] explores every class of interleavings and every execution graph of RC11, each in a
//! child process, and fails with racelab's report. What is alike in name is alike in what it may do;
//! where this differs from loom, the item says so.

#[cfg(feature = "heap")]
#[global_allocator]
static HEAP: racelab::rt::quarantine::Quarantine = racelab::rt::quarantine::Quarantine;

/// racelab's model runtime, whose types most of these are.
#[doc(hidden)]
pub use racelab::rt::shuttle as __rt;

pub mod alloc;
pub mod cell;
pub mod future;
pub mod hint;
pub mod lazy_static;
pub mod model;
pub mod sync;
pub mod thread;

mod execution;

#[doc(inline)]
pub use model::model;

/// The most threads of one execution, among them the one that starts and judges it. loom has five.
pub const MAX_THREADS: usize = racelab::op::MAX_THREADS;

/// loom explores again from here on. Nothing here: all of an execution is explored, always.
pub fn explore() {}

/// loom explores no further from here on. Nothing here: all of an execution is explored, always.
pub fn stop_exploring() {}

/// loom explores no other way at the next branch. Nothing here: all of an execution is explored,
/// always.
pub fn skip_branch() {}

/// As [`std::thread_local!`]: each thread of each execution has its own.
#[macro_export]
macro_rules! thread_local {
    ($($items:tt)*) => {
        $crate::__rt::thread_local! { $($items)* }
    };
}

/// As `lazy_static!` of the crate of that name: each execution makes its own, and drops it at its end.
#[macro_export]
macro_rules! lazy_static {
    ($(#[$meta:meta])* $vis:vis static ref $name:ident: $type:ty = $make:expr; $($rest:tt)*) => {
        #[allow(missing_copy_implementations, non_camel_case_types, dead_code)]
        $(#[$meta])*
        $vis struct $name {
            __private_field: (),
        }
        #[doc(hidden)]
        $vis static $name: $name = $name { __private_field: () };
        impl ::core::ops::Deref for $name {
            type Target = $type;
            fn deref(&self) -> &$type {
                static LAZY: $crate::lazy_static::Lazy<$type> =
                    $crate::lazy_static::Lazy::new(|| $make);
                LAZY.get()
            }
        }
        $crate::lazy_static!($($rest)*);
    };
    () => {};
}
