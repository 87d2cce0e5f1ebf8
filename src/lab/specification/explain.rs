//! Whether some order of the calls explains their answers: the search of Wing and Gong, *Testing and
//! verifying concurrent objects* (1993), with Lowe's memory of what was tried (2017).

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Answer, Call, Called, History, Specification, State};

/// Calls an operation of a plain state: what it should answer; none where it may not be called.
pub(crate) fn step(state: &mut dyn State, call: &Call, seen: &str) -> Option<Answer> {
    let step = || state.call(call.operation, &call.arguments, seen);
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(answer) => answer.map(Answer::Gave),
        Err(_) => Some(Answer::Panicked(String::new())),
    }
}

/// Calls it and says whether it answers so.
fn agrees(state: &mut dyn State, call: &Call, answer: &Answer) -> bool {
    step(state, call, answer.seen()).is_some_and(|should| should.is(answer))
}

/// The state after the first calls; none where one of them has answered something else.
pub(super) fn begun(spec: &Specification, history: &History) -> Option<Box<dyn State>> {
    let mut state = (spec.plain)();
    let right = history.first.iter().all(|(call, answer)| agrees(&mut *state, call, answer));
    right.then_some(state)
}

/// Whether some order that respects `before` explains the answers: for each call, the calls that come
/// before it, a bit each.
pub(super) fn explained(
    spec: &Specification,
    history: &History,
    start: &dyn State,
    before: &[u32],
) -> bool {
    let weakly = |called: &Called| spec.operations[called.call.operation].weakly;
    let weak = history.calls.iter().enumerate().filter(|(_, called)| weakly(called));
    let weak = weak.fold(0, |set, (at, _)| set | 1 << at);
    let values = vec![Vec::new(); history.calls.len()];
    let mut search = Search { spec, history, before, weak, seen: Vec::new(), values };
    search.go(0, start.copy()) && search.weak_ones_agree()
}

/// A state that was reached, after these calls, and whether the others can follow it.
struct Reached {
    done: u32,
    state: Box<dyn State>,
    leads_on: bool,
}

struct Search<'a> {
    spec: &'a Specification,
    history: &'a History,
    before: &'a [u32],
    /// Calls that have no place in the order: each looks at several moments.
    weak: u32,
    seen: Vec<Reached>,
    /// What each of those would have answered at the moments that it may have looked at.
    values: Vec<Vec<Answer>>,
}

impl Search<'_> {
    fn go(&mut self, done: u32, mut state: Box<dyn State>) -> bool {
        let all = ((1u64 << self.history.calls.len()) - 1) as u32 & !self.weak;
        let known = |reached: &&Reached| reached.done == done && reached.state.same(&*state);
        if let Some(reached) = self.seen.iter().find(known) {
            return reached.leads_on;
        }
        let mut leads_on = false;
        if done == all {
            let mut end = state.copy();
            let mut last = self.history.last.iter();
            leads_on = last.all(|(call, answer)| agrees(&mut *end, call, answer));
        }
        for (at, called) in self.history.calls.iter().enumerate() {
            let ready = all >> at & 1 == 1
                && done >> at & 1 == 0
                && self.before[at] & !done & !self.weak == 0;
            // Without weak calls one order is enough.
            if !ready || leads_on && self.weak == 0 {
                continue;
            }
            let mut then = state.copy();
            if agrees(&mut *then, &called.call, &called.answer) {
                leads_on |= self.go(done | 1 << at, then);
            }
            if self.spec.operations[called.call.operation].refusable
                && called.answer.refuses()
                && self.overlapped(at)
            {
                leads_on |= self.go(done | 1 << at, state.copy());
            }
        }
        if leads_on {
            self.look(done, &mut state);
        }
        self.seen.push(Reached { done, state, leads_on });
        leads_on
    }

    /// Whether another call runs while this one does.
    fn overlapped(&self, at: usize) -> bool {
        let others = self.history.calls.iter().enumerate();
        let mut others = others.filter(|(_, other)| other.thread != self.history.calls[at].thread);
        others.any(|(other, _)| {
            self.before[at] >> other & 1 == 0 && self.before[other] >> at & 1 == 0
        })
    }

    /// What the weak calls would answer that may look at this moment.
    fn look(&mut self, done: u32, state: &mut Box<dyn State>) {
        for (at, called) in self.history.calls.iter().enumerate() {
            let over = (0..self.before.len())
                .any(|other| done >> other & 1 == 1 && self.before[other] >> at & 1 == 1);
            if self.weak >> at & 1 == 1 && self.before[at] & !done & !self.weak == 0 && !over {
                let mut then = state.copy();
                self.values[at].extend(step(&mut *then, &called.call, called.answer.seen()));
            }
        }
    }

    fn weak_ones_agree(&self) -> bool {
        let calls = self.history.calls.iter().enumerate();
        let mut weak = calls.filter(|(at, _)| self.weak >> at & 1 == 1);
        weak.all(|(at, called)| {
            let numbers: Option<Vec<i128>> = self.values[at].iter().map(number).collect();
            let among = || self.values[at].iter().any(|value| value.is(&called.answer));
            match (numbers, number(&called.answer)) {
                (Some(numbers), Some(given)) => {
                    numbers.iter().min().is_some_and(|least| *least <= given)
                        && numbers.iter().max().is_some_and(|most| *most >= given)
                }
                _ => among(),
            }
        })
    }
}

fn number(answer: &Answer) -> Option<i128> {
    match answer {
        Answer::Gave(text) => text.parse().ok(),
        Answer::Panicked(_) => None,
    }
}
