//! The search as a share of the whole: what it runs next, and whether that counts.

use super::division::Division;
use super::graph::Graph;
use super::policy::Graphs;
use super::readers::Apart;
use super::run::{Fault, State};

impl Graphs {
    /// The same, as a share of the whole.
    pub(super) fn divided(mut self, division: Option<Division>) -> Graphs {
        self.division = division;
        self
    }

    /// The next plan to run.
    pub(super) fn next_plan(&mut self, state: &mut State) -> Option<Graph> {
        match &mut self.division {
            Some(division) => division.next(&mut state.plans, &state.objects),
            None => state.plans.pop(),
        }
    }

    /// The locks that are better in parts; none where all are as they should be.
    pub(super) fn better_apart(&self, state: &mut State) -> Option<Apart> {
        // Who was given a share knows too little.
        let explored = match (&self.pool, &self.division) {
            (Some(_), _) => u64::MAX,
            (None, Some(division)) if division.dealt => u64::MAX,
            (None, Some(division)) => division.repeated,
            (None, None) => self.found.shown[2].executions + self.found.waiting,
        };
        let anew = state.readers.anew(explored)?;
        if self.dealt() {
            // The other shares go on as it was divided.
            state.fault.get_or_insert(Fault::DividedLate);
            return None;
        }
        Some(anew)
    }

    /// Whether it is a share of what was divided.
    pub(super) fn dealt(&self) -> bool {
        self.division.as_ref().is_some_and(|division| division.dealt)
    }

    /// Whether its plans may be given to others: not before the whole was divided.
    pub(super) fn is_whole_or_dealt(&self) -> bool {
        self.division.as_ref().is_none_or(|division| division.dealt)
    }

    /// Whether what is run now counts: what all repeat counts once.
    pub(super) fn counts(&self) -> bool {
        self.division
            .as_ref()
            .is_none_or(|division| division.dealt || division.partition.index == 1)
    }
}
