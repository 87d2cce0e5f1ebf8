//! Source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas: "Optimal Dynamic Partial Order
//! Reduction", POPL 2014, Algorithm 1), as a way to choose the next thread.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::dependence::independent;
use super::sabotage::{Sabotage, is};
use super::simplest;
use super::trace::{Race, THREADS, Trace};
use crate::explore::shuttle::driver::{Moment, Policy, Threads};
use crate::explore::tally::Ended;
use crate::race::Meaning;
use crate::report::Kind;
use crate::rt::{self, op::Op};

/// One point at which a thread is chosen.
struct State {
    /// The threads that can move here.
    enabled: Threads,
    /// What each would do.
    pending: [Op; THREADS],
    /// Threads whose next operation was explored before from an equivalent state.
    sleep: Threads,
    /// Threads that must be tried here.
    backtrack: Threads,
    /// Threads that were tried here.
    done: Threads,
    choice: usize,
}

/// Why the search cannot judge a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// More threads than it follows.
    Threads,
    /// The same schedule did something else the second time, at this step.
    NotDeterministic(usize),
}

/// A fingerprint is a hash already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | *byte as u64);
    }
    fn write_u64(&mut self, fingerprint: u64) {
        self.0 = fingerprint;
    }
}

/// The search as a policy.
pub(crate) struct Reduced {
    table: &'static [Meaning],
    stack: Vec<State>,
    trace: Trace,
    /// So many choices of this execution were made by earlier ones, all but the last.
    replayed: usize,
    races: Vec<Race>,
    started: bool,
    pub(crate) unfit: Option<Unfit>,
    /// The fingerprints of the classes seen, and whether each fails.
    classes: HashMap<u64, bool, BuildHasherDefault<AsIs>>,
    /// Executions that were given up because an equivalent one is explored elsewhere.
    pub(crate) redundant: u64,
    pub(crate) simplest: Option<simplest::Simplest>,
    effort: simplest::Effort,
}

impl Reduced {
    pub(crate) fn new(table: &'static [Meaning]) -> Reduced {
        Reduced {
            table,
            stack: Vec::new(),
            trace: Trace::default(),
            replayed: 0,
            races: Vec::new(),
            started: false,
            unfit: None,
            classes: HashMap::default(),
            redundant: 0,
            simplest: None,
            effort: simplest::Effort::default(),
        }
    }

    /// Classes of equivalent interleavings seen.
    pub(crate) fn distinct(&self) -> u64 {
        self.classes.len() as u64
    }

    /// How many of them fail.
    pub(crate) fn failing(&self) -> u64 {
        self.classes.values().filter(|fails| **fails).count() as u64
    }

    /// The fingerprint of each class seen, and whether it fails.
    #[cfg(test)]
    pub(super) fn classes(&self) -> impl Iterator<Item = (u64, bool)> {
        self.classes.iter().map(|(class, fails)| (*class, *fails))
    }

    fn push(&mut self, moment: &Moment<'_>) -> Option<usize> {
        let mut sleep = 0;
        if let (Some(parent), Some(last)) = (self.stack.last(), self.trace.events.last()) {
            let mut candidates = (parent.sleep | parent.done) & !(1 << last.thread);
            while candidates != 0 {
                let thread = candidates.trailing_zeros() as usize;
                candidates &= candidates - 1;
                if independent(last.op, parent.pending[thread]) || is(Sabotage::NeverWake) {
                    sleep |= 1 << thread;
                }
            }
        }
        if is(Sabotage::Everything) {
            sleep = 0;
        }
        let free = moment.enabled & !sleep;
        if free == 0 {
            return None;
        }
        let going_on = moment.last.filter(|&last| free >> last & 1 == 1);
        let choice = going_on.unwrap_or(free.trailing_zeros() as usize);
        let mut pending = [Op::LOCAL; THREADS];
        pending.copy_from_slice(&moment.pending[..THREADS]);
        self.stack.push(State {
            enabled: moment.enabled,
            pending,
            sleep,
            backtrack: if is(Sabotage::Everything) { moment.enabled } else { 1 << choice },
            done: 0,
            choice,
        });
        Some(choice)
    }

    /// Adds what must be tried where the races of this operation can be reversed.
    fn reverse(&mut self, thread: usize) {
        let until = self.trace.events.len();
        for race in &self.races {
            let initials = self.trace.initials(race.earlier, until, thread, &race.clock);
            let state = &mut self.stack[race.earlier];
            if initials & (state.backtrack | state.sleep) != 0 {
                continue;
            }
            let wanted = if initials >> thread & 1 == 1 || is(Sabotage::WrongInitial) {
                1 << thread
            } else {
                initials & initials.wrapping_neg()
            };
            // Who cannot move there must be made able to by someone: try everyone.
            state.backtrack |= if state.enabled & wanted != 0 { wanted } else { state.enabled };
        }
    }
}

impl Policy for Reduced {
    fn begin(&mut self) -> bool {
        if self.unfit.is_some() {
            return false;
        }
        if self.started {
            loop {
                let Some(state) = self.stack.last_mut() else { return false };
                state.done |= 1 << state.choice;
                let left = state.backtrack & !state.done & !state.sleep;
                if left != 0 {
                    state.choice = left.trailing_zeros() as usize;
                    break;
                }
                self.stack.pop();
            }
        }
        self.started = true;
        self.replayed = self.stack.len();
        self.trace.clear();
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<usize> {
        if moment.enabled >> THREADS != 0 {
            self.unfit = Some(Unfit::Threads);
            return None;
        }
        let depth = self.trace.events.len();
        match self.stack.get(depth) {
            Some(state) => {
                if state.enabled != moment.enabled || state.pending != moment.pending[..THREADS] {
                    self.unfit = Some(Unfit::NotDeterministic(depth));
                    return None;
                }
                Some(state.choice)
            }
            None => self.push(moment),
        }
    }

    fn performed(&mut self, thread: usize, op: Op, also: &[Op]) {
        // Only a sabotage asks for this: the compiler drops it elsewhere.
        let failed_exchange = op.kind == rt::op::Kind::Load
            && self.stack[self.trace.events.len()].pending[thread].kind == rt::op::Kind::Rmw;
        let op = match is(Sabotage::FailedExchangeIndependent) && failed_exchange {
            true => Op::LOCAL,
            false => op,
        };
        let mut races = std::mem::take(&mut self.races);
        let clock = self.trace.races(thread, op, &mut races);
        self.races = races;
        if self.trace.events.len() + 1 >= self.replayed {
            self.reverse(thread);
        }
        self.trace.push(thread, op, clock);
        for &unlocked in also {
            self.trace.push_also(unlocked);
        }
    }

    fn end(&mut self, ended: &Ended) {
        if *ended == Ended::Redundant {
            self.redundant += 1;
            return;
        }
        if let Ended::Deadlock(blocked) | Ended::Livelock(blocked) = ended {
            // What never ran races too: it could have come earlier.
            for blocked in blocked.iter().filter(|_| !is(Sabotage::IgnoreNeverRun)) {
                let mut races = std::mem::take(&mut self.races);
                self.trace.races(blocked.thread, blocked.op, &mut races);
                self.races = races;
                self.reverse(blocked.thread);
            }
        }
        let failure: Option<Kind> = ended.failure(self.table);
        let known = self.classes.insert(self.trace.fingerprint(), failure.is_some());
        if let (Some(kind), None) = (failure, known) {
            self.effort.improve(&mut self.simplest, kind, &self.trace.events);
        }
    }
}
