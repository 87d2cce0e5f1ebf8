//! What an execution amounts to whose calls a specification judges: whoever explored it knows which
//! operations came before which.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::tally::Ended;
use crate::rt::called::Ran;
use crate::rt::{calls, context};
use crate::specification::{Answer, Ends, History, NOT_EXPLAINED, Order, Program};
use crate::specification::{Specification, judge};

/// An end of a call among the operations of its execution.
pub(crate) struct End<C> {
    pub(crate) thread: usize,
    /// Whatever comes after this end comes after this operation of the thread, from 1.
    pub(crate) at: u32,
    /// It may come as soon as the thread has performed so many.
    passed: u32,
    /// What came before it.
    pub(crate) clock: C,
}

/// That a call had answered before another was made: when a thread performs this operation, from 1,
/// another has performed so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) thread: usize,
    pub(crate) operation: u32,
    pub(crate) other: usize,
    pub(crate) performed: u32,
}

/// The calls of the last execution on this thread, those of one thread in its order.
fn ran() -> Option<(&'static Specification, Vec<Ran>)> {
    context::with(|context| {
        let of = context.calls.borrow();
        let mut ran = of.ran.clone();
        ran.sort_by_key(|ran| ran.called.thread);
        Some((of.specification?, ran))
    })
}

/// What the last execution on this thread called and was answered, in this order.
pub(crate) fn history(ran: &[Ran], order: Order) -> History {
    context::with(|context| {
        let of = context.calls.borrow();
        let calls = ran.iter().map(|ran| ran.called.clone()).collect();
        History { first: of.first.clone(), calls, last: of.last.clone(), order }
    })
}

/// Judges the calls of an execution that has finished, where a specification does, over all
/// interleavings of its class. `clock` says what came before an operation of a thread, from 1, and
/// before nothing at 0; `before`, whether one end comes before another in all of them. Returns what
/// it amounts to, and what must be kept of the order of its calls for it to fail.
pub(crate) fn judged<C>(
    ended: Ended,
    clock: impl Fn(usize, u32) -> C,
    before: impl Fn(&End<C>, &End<C>) -> bool,
) -> (Ended, Vec<Kept>) {
    let Ended::Finished { panicked, raced, .. } = ended else { return (ended, Vec::new()) };
    let Some((spec, ran)) = ran() else { return (ended, Vec::new()) };
    let ends = ends(&ran, clock);
    let order = ordered(&ran, &ends, before);
    #[cfg(test)]
    let order = only_what_always_is(order);
    let history = history(&ran, order);
    let Some(order) = remembered(spec, &history) else { return (ended, Vec::new()) };
    let pairs = order.iter().enumerate().flat_map(|(after, set)| {
        (0..ran.len()).filter(move |before| set >> before & 1 == 1).map(move |b| (b, after))
    });
    let kept = pairs.map(|(before, after)| Kept {
        thread: ends[after][0].thread,
        operation: ends[after][0].at,
        other: ends[before][1].thread,
        performed: ends[before][1].passed,
    });
    let kept = kept.filter(|kept| kept.thread != kept.other).collect();
    (Ended::Finished { outcome: NOT_EXPLAINED, panicked, raced }, kept)
}

#[cfg(test)]
thread_local! {
    /// A test compares: one class is judged by what is so in all of its interleavings alone.
    pub(crate) static ONLY_WHAT_ALWAYS_IS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[cfg(test)]
fn only_what_always_is(order: Order) -> Order {
    match order {
        Order::Ends(ends) if ONLY_WHAT_ALWAYS_IS.get() => Order::Fixed(ends.last_first),
        order => order,
    }
}

/// As [`judged`], in the one order in which the threads of an execution moved.
pub(crate) fn judged_in_turn(ended: Ended, moved: &[usize]) -> Ended {
    let place = |thread, operation| place(moved, thread, operation);
    judged(ended, place, |x, y| y.clock >= place(x.thread, x.at)).0
}

/// As [`judged`], where one call came before another as the race clocks say: by what the program
/// itself makes of C11's happens-before.
pub(crate) fn judged_by_clocks(ended: Ended) -> Ended {
    let Ended::Finished { panicked, raced, .. } = ended else { return ended };
    let Some((spec, ran)) = ran() else { return ended };
    match remembered(spec, &history(&ran, by_clocks(&ran))) {
        Some(_) => Ended::Finished { outcome: NOT_EXPLAINED, panicked, raced },
        None => ended,
    }
}

/// Which calls came before which by the race clocks.
fn by_clocks(ran: &[Ran]) -> Order {
    let before = |x: usize, y: usize| {
        let (x, y) = (&ran[x], &ran[y]);
        x.called.thread == y.called.thread || y.after_first[x.called.thread + 1] >= x.at_last
    };
    Order::Fixed(matrix(ran, before))
}

/// The history of the last execution on this thread, which was shown: under C11 in the order of the
/// race clocks, else in the order in which its threads moved.
pub(crate) fn shown(c11: bool, moved: &[usize]) -> Option<(&'static Specification, History)> {
    let (spec, ran) = ran()?;
    let order = match c11 {
        true => by_clocks(&ran),
        false => {
            let ends = ends(&ran, |thread, operation| place(moved, thread, operation));
            ordered(&ran, &ends, |x, y| y.clock >= place(moved, x.thread, x.at))
        }
    };
    Some((spec, history(&ran, order)))
}

/// Marks the operations of a structure that announced something in the last execution.
pub(crate) fn announced(operations: &mut [bool]) {
    for ran in ran().into_iter().flat_map(|(_, ran)| ran) {
        operations[ran.called.call.operation] |= ran.moved.0 < ran.moved.1;
    }
}

/// Where a thread's operation of this number stands in a schedule, from 1; at 0 nothing does.
pub(crate) fn place(moved: &[usize], thread: usize, operation: u32) -> usize {
    let mine = moved.iter().enumerate().filter(|(_, by)| **by == thread);
    match operation {
        0 => 0,
        n => mine.map(|(at, _)| at + 1).nth(n as usize - 1).unwrap_or(usize::MAX),
    }
}

/// What was judged of one scenario: classes differ in what their operations do, and few of them in
/// what their calls answer.
#[derive(Default)]
struct Known {
    program: Option<Arc<Program>>,
    verdicts: HashMap<Key, Option<Vec<u32>>>,
}

/// All that a verdict hangs on: answers and order.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    answers: Vec<Answer>,
    order: Vec<Vec<u32>>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

fn remembered(spec: &Specification, history: &History) -> Option<Vec<u32>> {
    let program = calls::program();
    let others = history.first.iter().chain(&history.last).map(|call| &call.1);
    let answers = history.calls.iter().map(|called| &called.answer).chain(others);
    let order = match &history.order {
        Order::Fixed(order) => vec![order.clone()],
        Order::Ends(Ends { first_first, first_last, last_first, last_last, single }) => {
            let all = [first_first, first_last, last_first, last_last];
            all.into_iter().cloned().chain([vec![*single]]).collect()
        }
    };
    let key = Key { answers: answers.cloned().collect(), order };
    KNOWN.with(|known| {
        let mut known = known.borrow_mut();
        let same = match (&known.program, &program) {
            (Some(mine), Some(theirs)) => Arc::ptr_eq(mine, theirs),
            (mine, theirs) => mine.is_none() && theirs.is_none(),
        };
        if !same {
            *known = Known { program, ..Known::default() };
        }
        known.verdicts.entry(key).or_insert_with(|| judge(spec, history)).clone()
    })
}

/// For each call, the calls that come before it as `before` says, a bit each; those of one thread in
/// its order.
fn matrix(ran: &[Ran], before: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let thread = |at: usize| ran[at].called.thread;
    let comes = |b: usize, after: usize| match thread(b) == thread(after) {
        true => b < after,
        false => before(b, after),
    };
    let earlier =
        |after| (0..ran.len()).filter(|b| comes(*b, after)).fold(0, |all, b| all | 1 << b);
    (0..ran.len()).map(earlier).collect()
}

/// Both ends of each call.
fn ends<C>(ran: &[Ran], clock: impl Fn(usize, u32) -> C) -> Vec<[End<C>; 2]> {
    let of = |ran: &Ran| {
        let (thread, (from, to)) = (ran.called.thread + 1, ran.moved);
        let end = |at: u32, passed: u32| End { thread, at, passed, clock: clock(thread, passed) };
        match from == to {
            // An event of its own that nobody sees, somewhere before the next operation.
            true => [end(from + 1, from), end(from + 1, from)],
            false => [end(from + 1, from + 1), end(to, to)],
        }
    };
    ran.iter().map(of).collect()
}

/// What is so of the ends of calls, by whether one end comes before another.
fn ordered<C>(
    ran: &[Ran],
    ends: &[[End<C>; 2]],
    before: impl Fn(&End<C>, &End<C>) -> bool,
) -> Order {
    let of = |a: usize, b: usize| matrix(ran, |x, y| before(&ends[x][a], &ends[y][b]));
    let single = ran.iter().enumerate().filter(|(_, ran)| ran.moved.1 <= ran.moved.0 + 1);
    Order::Ends(Ends {
        first_first: of(0, 0),
        first_last: of(0, 1),
        last_first: of(1, 0),
        last_last: of(1, 1),
        single: single.fold(0, |set, (at, _)| set | 1 << at),
    })
}
