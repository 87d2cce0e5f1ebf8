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
    let mut search = Search { spec, history, before, weak, failed: Vec::new() };
    search.go(0, start.copy())
        && (0..before.len())
            .all(|at| weak >> at & 1 == 0 || between(history, start, before, weak, at))
}

struct Search<'a> {
    spec: &'a Specification,
    history: &'a History,
    before: &'a [u32],
    /// Calls that have no place in the order: each looks at several moments.
    weak: u32,
    /// States that were reached, after which calls, and from which the others cannot follow.
    failed: Vec<(u32, Box<dyn State>)>,
}

impl Search<'_> {
    fn go(&mut self, done: u32, state: Box<dyn State>) -> bool {
        let all = every(self.before.len()) & !self.weak;
        if done == all {
            let (mut end, mut last) = (state, self.history.last.iter());
            return last.all(|(call, answer)| agrees(&mut *end, call, answer));
        }
        if self.failed.iter().any(|(other, known)| *other == done && known.same(&*state)) {
            return false;
        }
        for (at, called) in self.history.calls.iter().enumerate() {
            let left = all & !done;
            if left >> at & 1 == 0 || self.before[at] & left != 0 {
                continue;
            }
            let mut then = state.copy();
            if agrees(&mut *then, &called.call, &called.answer) && self.go(done | 1 << at, then) {
                return true;
            }
            let refused = self.spec.operations[called.call.operation].refusable
                && called.answer.refuses()
                && self.overlapped(at);
            if refused && self.go(done | 1 << at, state.copy()) {
                return true;
            }
        }
        self.failed.push((done, state));
        false
    }

    /// Whether another call runs while this one does.
    fn overlapped(&self, at: usize) -> bool {
        let others = self.history.calls.iter().enumerate();
        let mut others = others.filter(|(_, other)| other.thread != self.history.calls[at].thread);
        others.any(|(other, _)| {
            self.before[at] >> other & 1 == 0 && self.before[other] >> at & 1 == 0
        })
    }
}

fn every(calls: usize) -> u32 {
    ((1u64 << calls) - 1) as u32
}

/// Whether a weak call answers what it could at some moment while it runs, whichever order the calls
/// beside it come in; a number also where it lies between two of those.
fn between(history: &History, start: &dyn State, before: &[u32], weak: u32, at: usize) -> bool {
    let called = &history.calls[at];
    let mut values: Vec<Answer> = Vec::new();
    let mut seen: Vec<(u32, Box<dyn State>)> = Vec::new();
    let mut left = vec![(0u32, start.copy())];
    while let Some((done, state)) = left.pop() {
        if seen.iter().any(|(other, known)| *other == done && known.same(&*state)) {
            continue;
        }
        let over = (0..before.len()).any(|other| done >> other & before[other] >> at & 1 == 1);
        if over {
            continue;
        }
        if before[at] & !weak & !done == 0 {
            values.extend(step(&mut *state.copy(), &called.call, called.answer.seen()));
        }
        for (other, call) in history.calls.iter().enumerate() {
            let waits = (weak | done) >> other & 1 == 1 || before[other] & !weak & !done != 0;
            let mut then = state.copy();
            if !waits && step(&mut *then, &call.call, call.answer.seen()).is_some() {
                left.push((done | 1 << other, then));
            }
        }
        seen.push((done, state));
    }
    let numbers: Option<Vec<i128>> = values.iter().map(number).collect();
    match (numbers, number(&called.answer)) {
        (Some(numbers), Some(given)) => {
            let (least, most) = (numbers.iter().min(), numbers.iter().max());
            least.is_some_and(|least| *least <= given) && most.is_some_and(|most| *most >= given)
        }
        _ => values.iter().any(|value| value.is(&called.answer)),
    }
}

fn number(answer: &Answer) -> Option<i128> {
    match answer {
        Answer::Gave(text) => text.parse().ok(),
        Answer::Panicked(_) => None,
    }
}
