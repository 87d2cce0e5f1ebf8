//! A scenario in which one outcome fails and no other: a search for failures then finds the simplest
//! execution that ends so, or that there is none.

use crate::explore::hand::Goal;
use crate::layout::TypeLayout;
use crate::race::{Grade, Meaning, Memories, Native, OnThreads, Terms};
use crate::scenario::Scenario;

/// The same scenario, in which this end alone is wrong: where it is a failure of another kind, no
/// outcome is. The few words that it takes are kept until the process ends, as an engine wants them.
pub(super) fn wanting(scenario: &Scenario, goal: &Goal) -> &'static Scenario {
    let regraded = |meaning: &Meaning| {
        let wanted = matches!(goal, Goal::Outcome(id) if id == meaning.id);
        let grade = if wanted { Grade::Forbidden } else { Grade::Allowed };
        Meaning { grade, required: false, ..*meaning }
    };
    let outcomes: Vec<Meaning> = scenario.outcomes().iter().map(regraded).collect();
    let terms = Terms { outcomes: outcomes.leak(), ..*scenario.terms() };
    let native: &dyn Native = Box::leak(Box::new(Wanting { native: scenario.native, terms }));
    Box::leak(Box::new(Scenario { native, amplified: None, ..*scenario }))
}

/// The native copy, with other grades.
struct Wanting {
    native: &'static dyn Native,
    terms: Terms,
}

impl OnThreads for Wanting {
    fn terms(&self) -> &Terms {
        &self.terms
    }
    fn actors(&self) -> Vec<&'static str> {
        self.native.actors()
    }
    fn memories(&self) -> Box<dyn Memories + '_> {
        self.native.memories()
    }
}

impl Native for Wanting {
    fn code(&self) -> Vec<usize> {
        self.native.code()
    }
    fn cases(&self) -> [Vec<&'static str>; 2] {
        self.native.cases()
    }
    fn run_case(&self, bytes: bool, index: usize) {
        self.native.run_case(bytes, index);
    }
    fn layouts(&self, out: &mut Vec<TypeLayout>) {
        self.native.layouts(out);
    }
}
