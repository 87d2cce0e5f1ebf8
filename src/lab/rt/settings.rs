//! What whoever explores asks of the executions to come.

use super::allow::Allow;
use super::context::with;
use super::weaken::{Change, Site};

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
    /// What switches threads before the end of an object, where that is watched.
    pub(crate) point: Option<fn()>,
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
