//! What workers of one exploration give each other: plans, and in the end what each has seen.

use super::found::Found;
use super::graph::{Graph, Number};
use super::readers::Apart;
use super::run::{Fault, State};
use crate::rt::op::Object;
use crate::rt::values::Place;

/// A plan, and the objects by their numbers in it: each worker counts them as it comes to them.
pub(in crate::explore) struct Given {
    pub(super) graph: Graph,
    pub(super) objects: Vec<Object>,
}

/// What a worker has seen.
pub(in crate::explore) struct Seen {
    pub(super) found: Found,
    pub(super) fault: Option<Fault>,
    /// Whether loops that write were held up, and whether a time was not up though it could.
    pub(super) cut: (bool, bool),
    /// How many plans it had left.
    pub(super) left: usize,
    /// The locks in whose parts it is to be explored anew.
    pub(super) anew: Option<Apart>,
}

impl State {
    /// A plan of another worker's, with the numbers of this one.
    pub(super) fn taken(&mut self, given: Given) -> Graph {
        let numbers: Vec<Number> = given
            .objects
            .iter()
            .map(|object| self.number(Place { object: *object, first: 0 }))
            .collect();
        given.graph.renumbered(&numbers)
    }
}
