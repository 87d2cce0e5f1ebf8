//! What one worker of several hands over.

use super::{Exploration, ShuttleStop};
use crate::explore::tally::Tally;
use crate::rt::allow::Deeds;
use crate::rt::context::Finer;

/// What one worker of several has seen besides what its policy has.
pub(crate) struct Sights {
    pub(crate) stop: Option<ShuttleStop>,
    tally: Tally<Vec<u8>>,
    does: Deeds,
    held_up: bool,
    late: bool,
    wants: Finer,
    counts: bool,
}

impl<P> Exploration<P> {
    /// The policy, and what was seen besides.
    pub(crate) fn parts(self) -> (P, Sights) {
        let Exploration { policy, tally, stop, does, held_up, late, wants, counts, .. } = self;
        (policy, Sights { tally, stop, does, held_up, late, wants, counts })
    }

    /// Adds what another worker has seen of the same race.
    pub(crate) fn add(&mut self, other: Sights) {
        self.tally.merge(other.tally);
        self.does = self.does.or(other.does);
        self.held_up |= other.held_up;
        self.late |= other.late;
        self.wants = self.wants.and(other.wants);
        self.counts |= other.counts;
    }
}
