//! The facade: std's threads and atomics, four times.
//!
//! A scenario says `use super::rt::...` with std's paths. The same file is compiled once for each:
//! [`native`] is std itself; [`amplified`] yields at random before each operation; [`loom`] and
//! [`shuttle`] announce each operation to their checker.
//!
//! All but `native` are one generic front, in which each item of std's stands once ([`atomic`],
//! [`mutex`], [`rwlock`], [`condvar`], [`cell`], [`thread`], and the list in `face`), over a back
//! end: an [`engine::Engine`], and atomics that are [`announced::Raw`]. What the front does around
//! an operation is said by the back end's [`watch::Watch`].

pub mod amplified;
pub mod announced;
pub mod arc;
pub mod atomic;
pub mod barrier;
pub mod cell;
pub mod condvar;
pub mod engine;
pub mod lazy;
pub mod local;
#[cfg(feature = "loom")]
pub mod loom;
pub mod meeting;
pub mod mpsc;
pub mod mutex;
pub mod native;
pub mod once;
pub mod rwlock;
pub mod scope;
pub mod shuttle;
pub mod thread;
pub mod unaligned;
pub mod watch;
pub mod weaken;

#[doc(no_inline)]
pub use crate::op;

pub(crate) mod allow;
mod announce;
pub(crate) mod blocking;
pub(crate) mod called;
pub(crate) mod calls;
pub(crate) mod clocks;
pub(crate) mod context;
pub(crate) mod ended;
mod face;
pub(crate) mod fence;
mod guarded;
#[doc(hidden)]
pub mod heap;
pub(crate) mod keeps;
mod names;
pub(crate) mod observe;
pub(crate) mod owners;
pub(crate) mod parts;
pub mod quarantine;
pub(crate) mod record;
pub(crate) mod settings;
pub(crate) mod slots;
pub(crate) mod spot;
pub mod start;
pub(crate) mod stream;
pub(crate) mod survey;
pub(crate) mod swap;
pub(crate) mod tracked;
pub(crate) mod unpoisoned;
pub(crate) mod unwinding;
pub(crate) mod values;
pub(crate) mod waitable;
#[doc(hidden)]
pub mod whole;
pub(crate) mod word;
pub(crate) mod yielding;
