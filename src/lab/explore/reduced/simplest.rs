//! Of all equivalents of a failing execution, one with the fewest switches.
//!
//! Equivalent executions order the same operations in any way that keeps what happened before
//! what; where calls are judged, in any that keeps the order of calls that fails as well. A state is
//! how many operations of each thread are done and which thread moved last; a move costs one if it
//! switches (a 0-1 breadth-first search).

use std::collections::{HashMap, VecDeque};

use super::trace::{Event, THREADS};
use crate::explore::called::Kept;
use crate::report::Kind;

/// The simplest failing schedule so far.
#[derive(Clone, Debug)]
pub(crate) struct Simplest {
    pub(crate) kind: Kind,
    pub(crate) switches: usize,
    pub(crate) schedule: Vec<u8>,
}

impl Simplest {
    /// The simpler of two; of equals always the same, whichever was found first.
    pub(super) fn simpler(self, other: Simplest) -> Simplest {
        let rank = |found: &Simplest| (found.switches, found.schedule.len());
        if (rank(&other), &other.schedule) < (rank(&self), &self.schedule) { other } else { self }
    }
}

/// States that may still be looked at: simplicity is not worth minutes.
pub(super) struct Effort(usize);

impl Default for Effort {
    fn default() -> Self {
        Effort(3_000_000)
    }
}

/// How many operations of each thread are done, and who moved last.
type Reached = ([u8; THREADS], u8);

const NOBODY: u8 = u8::MAX;

impl Effort {
    /// Puts a failing execution's simplest equivalent in place of `best`, if it is simpler: of those
    /// in which this is kept.
    pub(super) fn improve(
        &mut self,
        best: &mut Option<Simplest>,
        kind: Kind,
        events: &[Event],
        kept: &[Kept],
    ) {
        let found = self.search(events, kept);
        let (switches, schedule) = found.unwrap_or_else(|| as_it_ran(events, kept));
        let found = Simplest { kind, switches, schedule };
        *best = Some(match best.take() {
            Some(best) => best.simpler(found),
            None => found,
        });
    }

    fn search(&mut self, events: &[Event], kept: &[Kept]) -> Option<(usize, Vec<u8>)> {
        let threads = by_thread(events);
        if threads.iter().any(|events| events.len() > u8::MAX as usize - 1) {
            return None;
        }
        let start: Reached = ([0; THREADS], NOBODY);
        let mut cost: HashMap<Reached, (usize, Reached)> = HashMap::from([(start, (0, start))]);
        let mut queue = VecDeque::from([(0, start)]);
        while let Some((spent, state)) = queue.pop_front() {
            if cost[&state].0 < spent {
                continue;
            }
            self.0 = self.0.checked_sub(1)?;
            let (done, last) = state;
            if (0..THREADS).all(|thread| done[thread] as usize == threads[thread].len()) {
                return Some((spent, path(&cost, state, &threads)));
            }
            for thread in 0..THREADS {
                let Some(event) = threads[thread].get(done[thread] as usize) else { continue };
                if !ready(event, &done.map(u32::from), kept) {
                    continue;
                }
                let mut next = (done, thread as u8);
                next.0[thread] += 1;
                let switch = last != NOBODY && last != thread as u8;
                let price = spent + switch as usize;
                if cost.get(&next).is_none_or(|known| price < known.0) {
                    cost.insert(next, (price, state));
                    if switch {
                        queue.push_back((price, next));
                    } else {
                        queue.push_front((price, next));
                    }
                }
            }
        }
        None
    }
}

fn path(
    cost: &HashMap<Reached, (usize, Reached)>,
    end: Reached,
    threads: &[Vec<&Event>; THREADS],
) -> Vec<u8> {
    let mut schedule = Vec::new();
    let mut state = end;
    while state.1 != NOBODY {
        let thread = state.1 as usize;
        schedule.push(threads[thread][state.0[thread] as usize - 1].step);
        state = cost[&state].1;
    }
    schedule.reverse();
    schedule
}

fn by_thread(events: &[Event]) -> [Vec<&Event>; THREADS] {
    let mut threads: [Vec<&Event>; THREADS] = Default::default();
    for event in events {
        threads[event.thread].push(event);
    }
    threads
}

/// Whether an event may come next where so many of each thread have.
fn ready(event: &Event, done: &[u32; THREADS], kept: &[Kept]) -> bool {
    let mine = event.thread;
    let after = |kept: &Kept| kept.thread == mine && kept.operation <= event.clock[mine];
    (0..THREADS).all(|other| other == mine || event.clock[other] <= done[other])
        && kept.iter().filter(|kept| after(kept)).all(|kept| done[kept.other] >= kept.performed)
}

/// As it ran, but for what must be kept: each thread goes on for as long as it may.
fn as_it_ran(events: &[Event], kept: &[Kept]) -> (usize, Vec<u8>) {
    let switched =
        |order: &[&Event]| order.windows(2).filter(|p| p[0].thread != p[1].thread).count();
    let mut order: Vec<&Event> = events.iter().collect();
    if !kept.is_empty() {
        let (threads, mut done) = (by_thread(events), [0; THREADS]);
        order.clear();
        let mut last = 0;
        while order.len() < events.len() {
            let next = |thread: &usize| {
                let event = threads[*thread].get(done[*thread] as usize)?;
                ready(event, &done, kept).then_some(*event)
            };
            let Some(event) = std::iter::once(last).chain(0..THREADS).find_map(|t| next(&t)) else {
                break;
            };
            last = event.thread;
            done[last] += 1;
            order.push(event);
        }
    }
    (switched(&order), order.iter().map(|event| event.step).collect())
}
