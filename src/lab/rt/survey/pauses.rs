//! Which yields wait for another thread: how often they come hangs on what the others have done. A
//! thread that yields as often in every execution only lets others go first, as one that sleeps does.

use std::collections::{BTreeSet, HashMap};

use crate::rt::spot::Spot;

/// How often each thread yields at each place.
type Counts = HashMap<(usize, Spot), u32>;

#[derive(Debug, Default)]
pub(super) struct Pauses {
    now: Counts,
    /// In the first execution that came to its end.
    first: Option<Counts>,
    /// Where it was another number in another execution.
    uneven: BTreeSet<(usize, Spot)>,
    /// Where anybody yielded in an execution that came to no end.
    endless: BTreeSet<(usize, Spot)>,
}

impl Pauses {
    pub(super) fn begin(&mut self) {
        // Nobody has said that the last one was over.
        self.endless.extend(self.now.drain().map(|(place, _)| place));
    }

    pub(super) fn yields(&mut self, thread: usize, at: Spot) {
        *self.now.entry((thread, at)).or_insert(0) += 1;
    }

    /// All actors have ended.
    pub(super) fn over(&mut self) {
        let now = std::mem::take(&mut self.now);
        let Some(first) = &self.first else {
            self.first = Some(now);
            return;
        };
        let places = now.keys().chain(first.keys());
        self.uneven.extend(places.filter(|place| now.get(place) != first.get(place)));
    }

    /// Where a thread waits so, if it does anywhere.
    pub(super) fn waits(&self, thread: usize) -> Option<Spot> {
        // Without an end there is nothing to hold against another.
        let all = if self.first.is_some() { &self.uneven } else { &self.endless };
        let now = self.now.keys().filter(|_| self.first.is_none());
        let mut mine = all.iter().chain(now).filter(|(by, _)| *by == thread);
        mine.next().map(|(_, at)| *at)
    }
}
