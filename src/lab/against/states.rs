//! The plain states that calls lead to: each is made once, and what a call does to it is asked once,
//! however many scenarios come by it.

use std::collections::HashMap;

use crate::specification::explain;
use crate::specification::{Call, Specification, State};

/// A state, by its number.
pub(super) type At = usize;

/// A new structure's.
pub(super) const START: At = 0;

pub(super) struct States<'a> {
    pub(super) spec: &'a Specification,
    states: Vec<Box<dyn State>>,
    /// For each state what calls lead to; nothing where one may not be made.
    after: Vec<HashMap<Call, Option<At>>>,
}

impl<'a> States<'a> {
    pub(super) fn new(spec: &'a Specification) -> States<'a> {
        States { spec, states: vec![(spec.plain)()], after: vec![HashMap::new()] }
    }

    /// The state after a call; none where it may not be made.
    pub(super) fn after(&mut self, at: At, call: &Call) -> Option<At> {
        if let Some(known) = self.after[at].get(call) {
            return *known;
        }
        let mut then = self.states[at].copy();
        let may = explain::step(&mut *then, call, "").is_some();
        let then = may.then(|| self.number(then));
        self.after[at].insert(call.clone(), then);
        then
    }

    fn number(&mut self, state: Box<dyn State>) -> At {
        let known = self.states.iter().position(|known| known.same(&*state));
        known.unwrap_or_else(|| {
            self.states.push(state);
            self.after.push(HashMap::new());
            self.states.len() - 1
        })
    }

    /// As [`States::after`], or the same state where the call may not be made.
    pub(super) fn on(&mut self, at: At, call: &Call) -> At {
        self.after(at, call).unwrap_or(at)
    }
}
