//! What whoever explores asks of the executions to come.

use std::sync::Arc;

use super::allow::Allow;
use super::context::with;
use super::weaken::{Change, Site};
use crate::specification::Program;

/// What is modelled more finely where a program asks for it: it costs every other program steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Finer {
    /// The end of a thread is a step: somebody asks whether it has ended.
    pub(crate) ends: bool,
    /// Under loom: condition variables and tokens are ours, for loom's know no time.
    pub(crate) times: bool,
}

impl Finer {
    /// This and that.
    pub(crate) fn and(self, other: Finer) -> Finer {
        Finer { ends: self.ends || other.ends, times: self.times || other.times }
    }
}

/// What the harness does, as the driver of an exploration on shuttle must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harness {
    /// It makes the memory or judges it: it goes first.
    Working,
    /// It waits until these threads have ended, a bit each.
    Waiting(u16),
    /// It asks for another execution.
    Asking,
}

/// What the executions to come are to be like: set by whoever explores.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Which observers are on, as bits.
    pub(crate) watching: u8,
    /// Orderings and locks that are made weaker.
    pub(crate) changes: Vec<(Site, Change)>,
    /// What may happen without a reason.
    pub(crate) allow: Allow,
    /// The counts of an `Arc` are words, and what is done to them operations; so is the end of a
    /// thread that the scenario started.
    pub(crate) counting: bool,
    pub(crate) finer: Finer,
    /// Reads of pointers that nobody follows, by the file without its folders and the line;
    /// the line 0 stands for all.
    pub(crate) unfollowed: Arc<[(String, u32)]>,
    /// What switches threads before the end of an object, where that is watched.
    pub(crate) point: Option<fn()>,
    /// So many rounds a loop that yields goes before the searches take it for one that waits, where
    /// they would do so earlier.
    pub(crate) patience: u32,
    /// It is known that the program repeats itself: nobody looks again.
    pub(crate) repeats: bool,
    /// The calls that the actors make, where a specification judges them.
    pub(crate) program: Option<Arc<Program>>,
}

/// Sets what the executions that `run` explores are like, and afterwards what was set before.
pub(crate) fn within<R>(change: impl FnOnce(&mut Settings), run: impl FnOnce() -> R) -> R {
    let before = with(|context| {
        let mut settings = context.settings();
        change(&mut settings);
        context.set(settings)
    });
    let result = run();
    with(|context| context.set(before));
    result
}
