//! The facade: std's threads and atomics, four times.
//!
//! A scenario says `use super::rt::...` with std's paths. The same file is compiled once for each:
//! [`native`] is std itself; [`amplified`] yields at random before each operation; [`loom`] and
//! [`shuttle`] announce each operation to their checker.

pub mod amplified;
pub mod arc;
pub mod atomic;
pub mod barrier;
pub mod cell;
pub mod condvar;
pub mod engine;
pub mod lazy;
pub mod local;
pub mod loom;
pub mod meeting;
pub mod mpsc;
pub mod mutex;
pub mod native;
pub mod once;
pub mod op;
pub mod rwlock;
pub mod scope;
pub mod shuttle;
pub mod thread;
pub mod unaligned;
pub mod weaken;

pub(crate) mod allow;
pub(crate) mod blocking;
pub(crate) mod clocks;
pub(crate) mod context;
pub(crate) mod deferred;
pub(crate) mod ended;
pub(crate) mod fence;
mod guarded;
pub(crate) mod keeps;
mod names;
pub(crate) mod observe;
pub(crate) mod place;
mod plain;
pub(crate) mod record;
pub(crate) mod settings;
pub(crate) mod slots;
pub mod start;
pub(crate) mod stream;
pub(crate) mod survey;
pub(crate) mod swap;
pub(crate) mod tracked;
pub(crate) mod unpoisoned;
pub(crate) mod waitable;
pub(crate) mod word;
pub(crate) mod yielding;

pub(crate) use mpsc::mpsc_of;
pub(crate) use plain::{arithmetic, logic};
pub(crate) use stream::streams_plainly;
pub(crate) use thread::thread_functions;
