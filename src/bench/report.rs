//! What was measured, as data: raw rounds, and the tables that follow from them.

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::memory::Memory;
use crate::plan::Plan;
use crate::states::{self, State};

/// Where it was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The CPU's name, where the system says it.
    pub cpu: Option<String>,
    /// How many CPUs this process may use.
    pub cpus: usize,
    /// Operating system and architecture.
    pub system: String,
    /// Nanoseconds between two readings of the clock: what is shorter cannot be told from it.
    pub clock_floor_ns: f64,
    /// Whether the program was compiled with optimisation: without, its figures mean nothing.
    pub optimised: bool,
    /// When it began, in seconds since 1970.
    pub began: u64,
}

/// All that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Where.
    pub machine: Machine,
    /// What was to be measured.
    pub plan: Plan,
    /// What each map is, and its version.
    pub maps: Vec<About>,
    /// Maps of other languages that take part, after the others.
    #[serde(default)]
    pub others: Vec<About>,
    /// What could not be had, in a sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The states of the machine, of all rounds together.
    pub states: Vec<State>,
    /// The rows of the table, as far as they were measured.
    pub cells: Vec<Cell>,
    /// What each map allocates, and how it grows.
    pub memory: Vec<Memory>,
    /// Whether all of the plan was measured.
    pub complete: bool,
}

/// A map that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub map: String,
    /// What it is, with its version.
    pub about: String,
}

impl Report {
    /// The names of all maps, in the order of the tables.
    pub fn names(&self) -> Vec<&str> {
        let others = self.others.iter().map(|about| about.map.as_str());
        self.plan.maps.iter().map(String::as_str).chain(others).collect()
    }

    /// Finds the states and makes the tables anew.
    pub fn judge(&mut self) {
        let rounds = self.cells.iter().flat_map(|cell| &cell.rounds);
        let readings: Vec<f64> =
            rounds.flat_map(|round| [round.before, round.after]).flatten().collect();
        self.states = states::clusters(&readings);
        for cell in &mut self.cells {
            cell.judge(&self.states);
        }
    }
}
