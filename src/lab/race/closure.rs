//! A closure as a race of one actor, which starts whatever other threads there are.

use std::panic::Location;
use std::sync::{Arc, Mutex};

use super::{
    Grade, Judge, Meaning, Memories, Native, OnThreads, Outcome, Play, Saw, Terms, UnderChecker,
};
use crate::fields::{Inspection, Leaf};
use crate::layout::TypeLayout;
use crate::rt::unpoisoned::Unpoisoned;
use crate::rt::whole;

/// The one outcome: whatever a closure asserts, it asserts itself.
const OUTCOMES: &[Meaning] =
    &[Meaning { id: "ENDED", grade: Grade::Allowed, reason: "the closure ended", required: false }];

/// The thread that runs the closure.
const MAIN: &str = "main";

const TERMS: Terms = Terms {
    checkers_only: Some("a closure is compiled for the checkers alone"),
    ..Terms::new(OUTCOMES)
};

/// What a closure does in one execution, as often as it is explored.
pub(crate) type Body = dyn Fn() + Send + Sync;

/// A closure, compiled for the runtime `shuttle`.
pub(crate) struct Closure {
    /// Until nobody explores it any more.
    body: Mutex<Option<Arc<Body>>>,
    /// Where it is handed over.
    at: &'static Location<'static>,
}

impl Closure {
    pub(crate) fn new(body: Arc<Body>, at: &'static Location<'static>) -> Closure {
        Closure { body: Mutex::new(Some(body)), at }
    }

    /// It is explored no more: what it has captured is dropped.
    pub(crate) fn ends(&self) {
        let body = self.body.lock().unpoisoned().take();
        drop(body);
    }
}

/// A closure in one execution.
struct Once {
    body: Arc<Body>,
    at: &'static Location<'static>,
}

impl UnderChecker for Closure {
    fn terms(&self) -> &Terms {
        &TERMS
    }
    fn actors(&self) -> usize {
        1
    }
    fn inspect(&self, _: &mut Inspection) {}
    fn begin(&'static self) -> Box<dyn Play> {
        whole::begins();
        let body = self.body.lock().unpoisoned().clone();
        Box::new(Once { body: body.expect("it is explored still"), at: self.at })
    }
}

impl Play for Once {
    fn leaves(&self, _: &mut Vec<Leaf>) {}
    /// An execution ends when all of its threads have, whoever joined them; or at once, where the
    /// closure panics: what the others would do then is not what was asked for.
    fn act(&self, _: usize, _: &mut Saw) {
        whole::run(|| (self.body)());
        whole::ends(self.at);
    }
    fn outcome(&self, _: &[Saw]) -> Outcome {
        Outcome(0)
    }
}

/// Real threads never run it: this says so, and nothing else.
impl OnThreads for Closure {
    fn terms(&self) -> &Terms {
        &TERMS
    }
    fn actors(&self) -> Vec<&'static str> {
        vec![MAIN]
    }
    fn memories(&self) -> Box<dyn Memories + '_> {
        Box::new(NoMemory)
    }
}

impl Native for Closure {
    fn code(&self) -> Vec<usize> {
        vec![0]
    }
    fn cases(&self) -> [Vec<&'static str>; 2] {
        [Vec::new(), Vec::new()]
    }
    fn run_case(&self, _: bool, _: usize) {}
    fn layouts(&self, _: &mut Vec<TypeLayout>) {}
}

/// No memory at all, for no iteration.
struct NoMemory;

impl Memories for NoMemory {
    fn size(&self) -> usize {
        0
    }
    fn prepare(&mut self, _: usize) {}
    fn act(&self, _: usize, each: &mut dyn FnMut(usize, &super::Run<'_>)) {
        each(0, &|_, _| ());
    }
    fn judge(&self, each: &mut dyn FnMut(usize, &Judge<'_>)) {
        each(0, &|_, _| Outcome(0));
    }
}
