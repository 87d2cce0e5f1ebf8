//! One thread alone: the single-threaded cases and the assertions on the bytes, before any race.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::panics;
use crate::report::{Death, Kind};
use crate::scenario::Scenario;

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    /// The name of the case.
    pub name: String,
    /// It is about bytes: addresses and sizes.
    pub layout: bool,
    /// What it said when it failed; `None` if it holds.
    pub failed: Option<String>,
}

/// What became of the cases, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alone {
    /// Those that ran to an end, the assertions on the bytes last.
    pub ran: Vec<Ran>,
    /// The process died or hung in the case of this name, in this way.
    pub died: Option<(String, Kind, Death)>,
}

impl Alone {
    pub(crate) fn died(case: String, kind: Kind, how: Death) -> Alone {
        Alone { ran: Vec::new(), died: Some((case, kind, how)) }
    }

    /// The first case that failed: of the single-threaded ones, or of those about bytes.
    pub fn failed(&self, layout: bool) -> Option<&Ran> {
        self.ran.iter().find(|ran| ran.layout == layout && ran.failed.is_some())
    }
}

/// Runs every case on fresh memory. `reached` is told the name of each before it runs.
pub fn run(scenario: &Scenario, reached: &dyn Fn(&str)) -> Alone {
    let [cases, assertions] = scenario.native.cases();
    let cases = cases.into_iter().enumerate().map(|case| (false, case));
    let assertions = assertions.into_iter().enumerate().map(|case| (true, case));
    let mut alone = Alone::default();
    panics::quiet(true);
    for (layout, (index, name)) in cases.chain(assertions) {
        reached(name);
        let _ = panics::take();
        let run = || scenario.native.run_case(layout, index);
        let failed = catch_unwind(AssertUnwindSafe(run)).err().map(|_| {
            let said = panics::take().map(|panic| panic.message);
            said.unwrap_or_else(|| "it panicked".to_string())
        });
        alone.ran.push(Ran { name: name.to_string(), layout, failed });
    }
    panics::quiet(false);
    alone
}
