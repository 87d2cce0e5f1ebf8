//! Source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas: "Optimal Dynamic Partial Order
//! Reduction", POPL 2014, Algorithm 1), as a way to choose the next thread.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::crew::{Crew, Fork, Way};
use super::dependence::independent;
use super::sabotage::{Sabotage, is};
use super::simplest;
use super::trace::{Next, Race, THREADS, Trace};
use crate::explore::shuttle::policy::{Choice, Moment, Performed, Policy, Threads, members};
use crate::explore::tally::Ended;
use crate::race::Meaning;
use crate::report::Kind;
use crate::rt::{self, context, op::Op};

/// What does not change about a point at which a thread is chosen.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The threads that can move here.
    enabled: Threads,
    /// What each would do.
    pending: [Op; THREADS],
    /// Threads whose next operation was explored before from an equivalent state.
    pub(super) sleep: Threads,
}

/// A point at which a thread is chosen, this worker's own.
struct State {
    place: Place,
    /// Threads that must be tried here.
    backtrack: Threads,
    /// Threads that were tried here.
    done: Threads,
    choice: usize,
    /// The choice's operation succeeded, and is to be tried failing without a reason.
    to_fail: bool,
    /// It is tried failing now.
    fails: bool,
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

/// What must be tried at a place so that one of `initials` goes first there, for `thread`'s sake.
pub(super) fn wanted(
    place: &Place,
    backtrack: Threads,
    initials: Threads,
    thread: usize,
) -> Threads {
    if initials & (backtrack | place.sleep) != 0 {
        return 0;
    }
    let wanted = if initials >> thread & 1 == 1 || is(Sabotage::WrongInitial) {
        1 << thread
    } else {
        initials & initials.wrapping_neg()
    };
    // Who cannot move there must be made able to by someone: try everyone.
    if place.enabled & wanted != 0 { wanted } else { place.enabled }
}

/// The search as a policy.
pub(crate) struct Reduced {
    table: &'static [Meaning],
    /// The choices above its own, which it shares with other workers.
    way: Way,
    /// Threads that sleep below the way, unless its last operation wakes them.
    asleep: Threads,
    crew: Option<Arc<Crew>>,
    stack: Vec<State>,
    trace: Trace,
    /// So many choices of this execution were made by earlier ones, all but the last.
    replayed: usize,
    races: Vec<Race>,
    /// Who could not move, and what each would do, where an execution was given up.
    waiting: Vec<(usize, Op)>,
    /// The operation being performed may fail without a reason.
    may_fail: bool,
    /// The next execution is chosen: nothing was run yet, or a limit came between.
    chosen: bool,
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
            way: Vec::new(),
            asleep: 0,
            crew: None,
            stack: Vec::new(),
            trace: Trace::default(),
            replayed: 0,
            races: Vec::new(),
            waiting: Vec::new(),
            may_fail: false,
            chosen: true,
            unfit: None,
            classes: HashMap::default(),
            redundant: 0,
            simplest: None,
            effort: simplest::Effort::default(),
        }
    }

    /// One who has nothing to do but what others leave.
    pub(super) fn helper(table: &'static [Meaning], crew: Arc<Crew>) -> Reduced {
        Reduced { crew: Some(crew), chosen: false, ..Reduced::new(table) }
    }

    /// Goes on, with others, where a limit of time stopped it: its next execution is chosen.
    pub(super) fn share(&mut self, crew: Arc<Crew>) {
        self.crew = Some(crew);
        self.chosen = true;
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, other: Reduced) {
        self.classes.extend(other.classes);
        self.redundant += other.redundant;
        self.unfit = self.unfit.or(other.unfit);
        self.simplest = match (self.simplest.take(), other.simplest) {
            (Some(mine), Some(theirs)) => Some(mine.simpler(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
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

    fn push(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let mut sleep = 0;
        let above = match (self.stack.last(), self.way.last()) {
            (Some(parent), _) => Some((parent.place.sleep | parent.done, &parent.place)),
            (None, Some((fork, _))) => Some((self.asleep, &fork.place)),
            (None, None) => None,
        };
        if let (Some((candidates, place)), Some(last)) = (above, self.trace.events.last()) {
            let mut candidates = candidates & !(1 << last.thread);
            while candidates != 0 {
                let thread = candidates.trailing_zeros() as usize;
                candidates &= candidates - 1;
                if independent(last.op, place.pending[thread]) || is(Sabotage::NeverWake) {
                    sleep |= 1 << thread;
                }
            }
        }
        if is(Sabotage::Everything) {
            sleep = 0;
        }
        let free = moment.enabled & !sleep;
        if free == 0 {
            let waiting = members(moment.alive & !moment.enabled);
            self.waiting = waiting.map(|thread| (thread, moment.pending[thread])).collect();
            return None;
        }
        let going_on = moment.last.filter(|&last| free >> last & 1 == 1);
        let choice = going_on.unwrap_or(free.trailing_zeros() as usize);
        let mut pending = [Op::LOCAL; THREADS];
        pending.copy_from_slice(&moment.pending[..THREADS]);
        self.stack.push(State {
            place: Place { enabled: moment.enabled, pending, sleep },
            backtrack: if is(Sabotage::Everything) { moment.enabled } else { 1 << choice },
            done: 0,
            choice,
            to_fail: false,
            fails: false,
        });
        Some(Choice::of(choice))
    }

    /// Adds what must be tried where the races of this operation can be reversed.
    fn reverse(&mut self, thread: usize) {
        let until = self.trace.events.len();
        for race in &self.races {
            let initials = self.trace.initials(race.earlier, until, thread, &race.clock);
            let (earlier, above) = (race.earlier, self.way.len());
            if earlier >= above {
                let state = &mut self.stack[earlier - above];
                state.backtrack |= wanted(&state.place, state.backtrack, initials, thread);
            } else if let Some(crew) = &self.crew {
                crew.require(&self.way[..=earlier], initials, thread);
            }
        }
    }

    /// What never ran races too: it could have come earlier.
    fn never_run(&mut self, blocked: impl Iterator<Item = (usize, Op)>) {
        for (thread, op) in blocked.filter(|_| !is(Sabotage::IgnoreNeverRun)) {
            let mut races = std::mem::take(&mut self.races);
            let restless = context::with(|context| context.met.get().restless(thread))
                || rt::blocking::may_be_late(thread, op);
            self.trace.races(&Next { thread, op, awaited: None, restless }, &mut races);
            self.races = races;
            self.reverse(thread);
        }
    }

    /// Goes to the next choice of its own that is left; false if there is none.
    fn advance(&mut self) -> bool {
        while let Some(state) = self.stack.last_mut() {
            if std::mem::take(&mut state.to_fail) {
                state.fails = true;
                return true;
            }
            state.fails = false;
            state.done |= 1 << state.choice;
            let left = state.left();
            if left != 0 {
                state.choice = left.trailing_zeros() as usize;
                return true;
            }
            self.stack.pop();
        }
        false
    }

    /// Gives away what is left at the topmost point where anything is.
    fn offer(&mut self, crew: &Crew) {
        let others = |state: &State| state.left() & !(1 << state.choice);
        let Some(top) = self.stack.iter().position(|state| others(state) != 0) else { return };
        for state in self.stack.drain(..=top) {
            self.asleep = state.place.sleep | state.done;
            let begun = state.done | 1 << state.choice;
            let fork = Fork::new(state.place, state.backtrack, begun);
            self.way.push((Arc::new(fork), state.choice));
        }
        crew.give(&self.way);
    }

    /// What is performed here, if it was chosen before: by this worker, or on the way to its work.
    fn known(&self, depth: usize) -> Option<(&Place, Choice)> {
        match self.way.get(depth) {
            Some((fork, choice)) => Some((&fork.place, Choice::of(*choice))),
            None => {
                let state = self.stack.get(depth - self.way.len())?;
                Some((&state.place, Choice { thread: state.choice, fails: state.fails }))
            }
        }
    }
}

impl State {
    fn left(&self) -> Threads {
        self.backtrack & !self.done & !self.place.sleep
    }
}

impl Policy for Reduced {
    fn begin(&mut self) -> bool {
        if self.unfit.is_some() {
            return false;
        }
        if !std::mem::replace(&mut self.chosen, false) && !self.advance() {
            let Some(job) = self.crew.as_ref().and_then(|crew| crew.take()) else { return false };
            (self.way, self.asleep) = (job.way, job.asleep);
        }
        if let Some(crew) = self.crew.clone() {
            if !crew.go_on() {
                return false;
            }
            if crew.hungry() {
                self.offer(&crew);
            }
        }
        self.replayed = self.way.len() + self.stack.len();
        self.trace.clear();
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        if moment.enabled >> THREADS != 0 {
            self.unfit = Some(Unfit::Threads);
            return None;
        }
        let depth = self.trace.events.len();
        let choice = match self.known(depth) {
            Some((place, choice)) => {
                if place.enabled != moment.enabled || place.pending != moment.pending[..THREADS] {
                    self.unfit = Some(Unfit::NotDeterministic(depth));
                    return None;
                }
                Some(choice)
            }
            None => self.push(moment),
        };
        self.may_fail = choice.is_some_and(|choice| moment.may_fail >> choice.thread & 1 == 1);
        choice
    }

    fn performed(&mut self, performed: &Performed<'_>) {
        let &Performed { thread, op, also, awaited, restless, .. } = performed;
        // Only sabotages ask for this: the compiler drops it elsewhere.
        let announced = |kind| {
            let known = self.known(self.trace.events.len());
            known.is_some_and(|(place, _)| place.pending[thread].kind == kind)
        };
        let failed = || op.kind == rt::op::Kind::Load && announced(rt::op::Kind::Rmw);
        let same = op.kind == rt::op::Kind::Rmw && performed.same;
        let op = if is(Sabotage::FailedExchangeIndependent) && failed() {
            Op::LOCAL
        } else if is(Sabotage::SameIsARead) && same {
            Op::new(rt::op::Kind::Load, op.object)
        } else {
            op
        };
        let mut races = std::mem::take(&mut self.races);
        let clock = self.trace.races(&Next { thread, op, awaited, restless }, &mut races);
        self.races = races;
        let depth = self.trace.events.len();
        if depth + 1 >= self.replayed {
            self.reverse(thread);
        }
        let fails = self.known(depth).is_some_and(|(_, choice)| choice.fails);
        if let Some(state) = depth.checked_sub(self.way.len()).and_then(|at| self.stack.get_mut(at))
            && depth + 1 >= self.replayed
            && self.may_fail
            && !state.fails
        {
            // A weak exchange that fails anyway is a load: there is no other way to go.
            state.to_fail = op.kind != rt::op::Kind::Load && !is(Sabotage::NeverFails);
        }
        self.trace.push(Choice { thread, fails }, op, clock);
        for &unlocked in also {
            self.trace.push_also(unlocked);
        }
    }

    fn end(&mut self, ended: &Ended) {
        if let Ended::Deadlock(blocked) | Ended::Livelock(blocked) | Ended::Broken(_, blocked) =
            ended
        {
            self.never_run(blocked.iter().map(|blocked| (blocked.thread, blocked.op)));
        }
        if *ended == Ended::Redundant {
            // An equivalent of what all could still do is explored elsewhere, but what it keeps
            // waiting could come before what it waits for here and not there.
            let waiting = std::mem::take(&mut self.waiting);
            self.never_run(waiting.iter().copied().filter(|_| !is(Sabotage::IgnoreWaiting)));
            self.redundant += 1;
            return;
        }
        let failure: Option<Kind> = ended.failure(self.table);
        if let (Some(_), Some(crew)) = (failure, &self.crew) {
            crew.failed();
        }
        let known = self.classes.insert(self.trace.fingerprint(), failure.is_some());
        if let (Some(kind), None) = (failure, known) {
            self.effort.improve(&mut self.simplest, kind, &self.trace.events);
        }
    }
}
