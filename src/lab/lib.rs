//! racelab makes concurrency bugs visible: a test says which threads do what to which memory, and
//! fails with the simplest failing execution as a table, one column a thread.
//!
//! Small programs are explored whole. Two checkers look at every order of the threads' operations,
//! and at the reordering that C11 allows; what passes is then run on real threads for a moment, and
//! may not show anything else.
//!
//! # From nothing to a verdict
//!
//! Two threads count one up. Write what they share against `rt`, which has std's paths: here it is
//! std itself, and under a checker it is the checker's. [`fields!`] gives each field its name, and
//! says who uses it.
//!
//! Then say what is a [`Race`]: how the memory is made, what each [`actor`] does, and what an
//! ending amounts to. An actor notes numbers for the judge, who sees these and the memory when all
//! have ended. [`outcomes!`] are named and graded; a `required` one has to be possible.
//!
//! ```
//! racelab::scenario!(mod two_steps {
//!     use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
//!     use racelab::{Outcome, Race, Saw, actor, outcomes};
//!
//!     pub struct Counter {
//!         count: AtomicU64,
//!     }
//!     racelab::fields!(Counter { count: left | right });
//!
//!     impl Counter {
//!         fn new() -> Counter {
//!             Counter { count: AtomicU64::new(0) }
//!         }
//!         fn increment(&self) {
//!             let before = self.count.load(Relaxed);
//!             self.count.store(before + 1, Relaxed);
//!         }
//!     }
//!
//!     outcomes! {
//!         BOTH: Allowed required, "both increments count";
//!         LOST: Forbidden, "one of the increments is lost";
//!     }
//!
//!     pub const RACE: Race<Counter> = Race::new(
//!         Counter::new,
//!         &[
//!             actor("left", |counter, _| counter.increment()),
//!             actor("right", |counter, _| counter.increment()),
//!         ],
//!         outcome,
//!         OUTCOMES,
//!     );
//!
//!     fn outcome(counter: &Counter, _: &[Saw]) -> Outcome {
//!         match counter.count.load(Relaxed) {
//!             2 => BOTH,
//!             _ => LOST,
//!         }
//!     }
//! });
//!
//! // In a test this is `racelab::check(&two_steps::SCENARIO)`, which panics with the same text.
//! let checked = racelab::explore_both(&two_steps::SCENARIO, &racelab::Budget::default());
//! println!("{checked}");
//!
//! assert!(!checked.passed());
//! let failure = checked.failure().expect("an increment can be lost");
//! assert_eq!(failure.outcome(), Some("LOST"));
//! // Both loads, and then both stores.
//! let steps: Vec<&str> = failure.steps.iter().map(|step| step.op.as_str()).collect();
//! assert_eq!(steps, ["load", "load", "store", "store"]);
//! ```
//!
//! With `self.count.fetch_add(1, Relaxed)` for its two lines, `check` passes: within this model,
//! which is two threads that count once each, every interleaving was seen and none loses anything.
//!
//! Usually the structure lies in a file of its own, and its judge in another:
//! `scenario!(mod right = "counter/right.rs", judged by "counter/race.rs");`. Then several versions
//! have one judge. Each checker runs in a child process, which is the test's executable, started
//! again with the test's name; so a crash or a hang is a verdict too.
//!
//! # The rooms
//!
//! Each names only those that come after it.
//!
//! - [`check()`], [`check_within`], [`explore_both`], [`explore_with`]: the door for a test.
//! - [`check_against()`], [`check_against_within`], [`explore_against`]: the same for a structure
//!   whose judge is a [`specification!`].
//! - [`model`], [`model_within`], [`explore_model`]: the same for a closure, which starts its
//!   threads itself.
//! - [`words`]: a report as text. All else is data.
//! - [`trial`]: one exploration, one child process, one deadline. [`alarm`]: what two engines say
//!   of one false alarm.
//! - [`against`]: scenarios generated from a specification.
//! - [`explore`]: the engines, behind the trait [`Engine`] and in the table [`Engines`]; which parts
//!   of a version are needed ([`explore::weaken`]); what its actors do ([`explore::conduct`]); real
//!   threads ([`explore::native`]).
//! - [`sight`]: what of a source no checker sees.
//! - [`Scenario`]: a source, compiled once for each runtime.
//! - [`race`]: what an author writes, and what an engine asks of it.
//! - [`rt`]: std's threads, atomics, locks and cells, once for each runtime.
//! - [`mod@fields`], [`layout`]: names and bytes of what is shared.
//! - [`mod@specification`]: a plain state beside a structure, and what of its answers that explains.
//! - [`report`]: what was found. [`op`]: what a thread is about to do. [`cost`]: a structure that
//!   is right, and what it costs.

// What loom alone needs is not used without it.
#![cfg_attr(not(feature = "loom"), allow(dead_code))]

// The macros say `racelab::...`, inside this crate and outside it.
extern crate self as racelab;

// What is freed behind pointers is watched in the tests as it is in an exercise.
#[cfg(test)]
#[global_allocator]
static HEAP: rt::heap::Heap = rt::heap::Heap;

pub mod against;
mod check;
mod contradiction;
pub mod cost;
pub mod explore;
pub mod fields;
#[doc(hidden)]
pub mod foreign;
pub mod layout;
mod model;
pub mod op;
mod outcome;
pub mod race;
pub mod report;
// What a back end is made of is sealed: a scenario knows std's names alone.
#[allow(unnameable_types)]
pub mod rt;
mod scenario;
pub mod second;
pub mod sight;
pub mod specification;
pub mod trial;
pub mod words;

#[doc(hidden)]
pub use memoffset;

pub use check::{Checked, check, check_within, explore as explore_both, explore_with};
pub use check::{CheckedAgainst, check_against, check_against_within, explore_against};
pub use explore::{Budget, Engine, Engines};
pub use fields::Fields;
pub use model::{explore_model, model, model_within};
pub use outcome::{Grade, Meaning, Outcome};
pub use race::{Actor, AtMost, Case, Detector, Race, Saw, Speaks, actor};
pub use report::{Model, Report, Verdict};
pub use scenario::{Scenario, Source};

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
