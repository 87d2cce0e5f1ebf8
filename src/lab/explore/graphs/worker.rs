//! The search as one of several workers.

use std::sync::Arc;

use super::policy::Graphs;
use super::shared::{Given, Seen};
use crate::explore::shuttle::pool::Pool;
use crate::explore::shuttle::together::Shares;

impl Shares for Graphs {
    type Job = Given;
    type Seen = Seen;

    fn share(&mut self, pool: Arc<Pool<Given>>) {
        self.pool = Some(pool);
        self.begun = true;
    }

    fn seen(self) -> Seen {
        let (fault, cut, left) = (self.fault(), self.cut(), self.left());
        Seen { found: self.found, fault, cut, left, anew: self.anew }
    }

    fn add(&mut self, seen: Seen) {
        let mut state = self.run.state();
        state.fault = state.fault.or(seen.fault);
        self.anew = self.anew.take().or(seen.anew);
        state.progress.held_up |= seen.cut.0;
        state.progress.too_late |= seen.cut.1;
        self.elsewhere += seen.left;
        self.found.add(seen.found);
    }
}
