//! What an exploration of graphs has found, for each memory model that can show it.

use super::graph::{Graph, Label, Number};
use super::run::State;
use super::{compact, linear, machine};
use crate::explore::tally::Ended;
use crate::race::Meaning;
use crate::report::{Kind, Model};
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::rt::op::Object;

/// The simplest failing graph.
#[derive(Clone, Debug)]
pub(super) struct Simplest {
    /// Stale reads, then changes from one thread to another, then events.
    pub(super) score: (usize, usize, usize),
    pub(super) kind: Kind,
    pub(super) graph: Graph,
    /// The objects, by their numbers in it.
    pub(super) objects: Vec<Object>,
    /// What could happen in it without a reason.
    pub(super) allow: Allow,
    /// The strictest model that shows it.
    pub(super) model: Model,
}

impl Simplest {
    /// Whether it is simpler than another: of two that are as simple, one is always the same,
    /// whichever was found first.
    fn simpler(&self, other: &Simplest) -> bool {
        self.score.cmp(&other.score).then_with(|| self.letters().cmp(&other.letters())).is_lt()
    }

    /// The graph as it is written.
    pub(super) fn letters(&self) -> Vec<u8> {
        compact::written(&self.graph, &self.objects)
    }
}

/// The graph with the objects that it touches, in their order: whoever found it may know others.
fn canonical(graph: &Graph, objects: &[Object]) -> (Graph, Vec<Object>) {
    let touched = |object: &Object| {
        graph.events().any(|(_, label)| match label {
            Label::Read { object: of, .. } | Label::Write { object: of, .. } => {
                objects[usize::from(of)] == *object
            }
            Label::Fence(_) | Label::Join(_) | Label::Whim(_) => false,
        })
    };
    let mut used: Vec<Object> = objects.iter().copied().filter(touched).collect();
    used.sort_unstable();
    let place = |object: &Object| used.partition_point(|other| other < object) as Number;
    let numbers: Vec<Number> = objects.iter().map(place).collect();
    (graph.clone().renumbered(&numbers), used)
}

/// What one model shows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) model: Model,
    pub(super) executions: u64,
    pub(super) failing: u64,
    pub(super) outcomes: Vec<u64>,
    pub(super) simplest: Option<Simplest>,
}

/// What was found.
pub(super) struct Found {
    pub(super) table: &'static [Meaning],
    /// By model, the strictest first.
    pub(super) shown: [Shown; 3],
    /// Graphs in which somebody has only not looked again: they are no executions.
    pub(super) waiting: u64,
    /// The most plans that there were at a time.
    pub(super) deepest: usize,
    /// The most events of one graph.
    pub(super) events: usize,
    /// Every complete graph: kept by tests, which look for the same one twice.
    #[cfg(test)]
    pub(super) complete: Vec<Graph>,
}

impl Found {
    pub(super) fn new(table: &'static [Meaning]) -> Found {
        let shown = Model::ALL.map(|model| Shown {
            model,
            executions: 0,
            failing: 0,
            outcomes: vec![0; table.len()],
            simplest: None,
        });
        Found {
            table,
            shown,
            waiting: 0,
            deepest: 0,
            events: 0,
            #[cfg(test)]
            complete: Vec::new(),
        }
    }

    /// Adds what another worker has found.
    pub(super) fn add(&mut self, other: Found) {
        self.waiting += other.waiting;
        self.deepest += other.deepest;
        self.events = self.events.max(other.events);
        #[cfg(test)]
        self.complete.extend(other.complete);
        for (mine, theirs) in self.shown.iter_mut().zip(other.shown) {
            mine.executions += theirs.executions;
            mine.failing += theirs.failing;
            for (count, more) in mine.outcomes.iter_mut().zip(theirs.outcomes) {
                *count += more;
            }
            mine.simplest = match (mine.simplest.take(), theirs.simplest) {
                (Some(mine), Some(theirs)) if theirs.simpler(&mine) => Some(theirs),
                (mine, theirs) => mine.or(theirs),
            };
        }
    }

    /// Counts a graph with which a run has ended.
    pub(super) fn count(&mut self, state: &State, ended: &Ended) {
        let graph = &state.graph;
        if matches!(ended, Ended::Redundant | Ended::Truncated) {
            return;
        }
        self.events = self.events.max(graph.len());
        #[cfg(test)]
        self.complete.push(graph.clone());
        let failure = ended.failure(self.table);
        let strictest =
            Model::ALL.into_iter().find(|model| machine::shows(graph, *model, &state.started));
        let strictest = strictest.unwrap_or(Model::C11);
        // To look for an order costs something: only for what could be the simplest.
        let score = failure.map(|_| {
            let linear = linear::order(graph);
            (linear.stale, linear.switches, graph.len())
        });
        for shown in self.shown.iter_mut().filter(|shown| shown.model >= strictest) {
            shown.executions += 1;
            if let Ended::Finished { outcome, .. } = ended
                && let Some(count) = shown.outcomes.get_mut(outcome.0 as usize)
            {
                *count += 1;
            }
            let (Some(kind), Some(score)) = (failure, score) else { continue };
            shown.failing += 1;
            if shown.simplest.as_ref().is_none_or(|simplest| score <= simplest.score) {
                let allow = context::with(|context| context.allow.get());
                let (graph, objects) = canonical(graph, &state.objects);
                let model = strictest;
                let found = Simplest { score, kind, graph, objects, allow, model };
                if shown.simplest.as_ref().is_none_or(|simplest| found.simpler(simplest)) {
                    shown.simplest = Some(found);
                }
            }
        }
    }
}
