//! Source-DPOR with sleep sets as a [`Policy`]: it chooses the next thread of each execution.
//!
//! The module above explains the algorithm and maps the paper's names to these.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::branch::{Branch, Candidates, wanted};
use super::dependence::independent;
use super::pool::{Prefix, SharedBranch, Task};
use super::sabotage::{Sabotage, is};
use super::simplest;
use super::trace::{Next, ReversibleRace, THREADS, Trace};
use crate::explore::called::{self, Kept};
use crate::explore::shuttle::policy::{Choice, Moment, Performed, Policy, Threads, members};
use crate::explore::shuttle::pool::Pool;
use crate::explore::shuttle::together::Shares;
use crate::explore::tally::Ended;
use crate::race::Meaning;
use crate::report::Kind;
use crate::rt::{self, context, op::Op};

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
    /// The branches above its own, which it shares with other workers.
    prefix: Prefix,
    /// The sleep set below the prefix, before its last operation wakes some of it.
    sleep_below: Threads,
    pool: Option<Arc<Pool<Task>>>,
    stack: Vec<Branch>,
    trace: Trace,
    /// So many choices of this execution were made by earlier ones, all but the last.
    replayed: usize,
    races: Vec<ReversibleRace>,
    /// The threads that could not move, and what each would do, where an execution was given up
    /// because all that could move were asleep.
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
    /// What must be kept of the order of calls in this execution for it to fail.
    kept: Vec<Kept>,
    effort: simplest::Effort,
}

impl Reduced {
    pub(crate) fn new(table: &'static [Meaning]) -> Reduced {
        Reduced {
            table,
            prefix: Vec::new(),
            sleep_below: 0,
            pool: None,
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
            kept: Vec::new(),
            effort: simplest::Effort::default(),
        }
    }

    /// A further worker of a pool: it has no branch of its own to begin with.
    pub(super) fn helper(table: &'static [Meaning], pool: Arc<Pool<Task>>) -> Reduced {
        Reduced { pool: Some(pool), chosen: false, ..Reduced::new(table) }
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
        let above = match (self.stack.last(), self.prefix.last()) {
            (Some(parent), _) => Some((parent.candidates.sleep | parent.done, &parent.candidates)),
            (None, Some((branch, _))) => Some((self.sleep_below, &branch.candidates)),
            (None, None) => None,
        };
        if let (Some((sleepers, candidates)), Some(last)) = (above, self.trace.events.last()) {
            let mut sleepers = sleepers & !(1 << last.thread);
            while sleepers != 0 {
                let thread = sleepers.trailing_zeros() as usize;
                sleepers &= sleepers - 1;
                if independent(last.op, candidates.pending[thread]) || is(Sabotage::NeverWake) {
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
        self.stack.push(Branch {
            candidates: Candidates { enabled: moment.enabled, pending, sleep },
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
            let (earlier, above) = (race.earlier, self.prefix.len());
            if earlier >= above {
                let branch = &mut self.stack[earlier - above];
                branch.backtrack |= wanted(&branch.candidates, branch.backtrack, initials, thread);
            } else if let Some(pool) = &self.pool {
                pool.require(&self.prefix[..=earlier], initials, thread);
            }
        }
    }

    /// What never ran races too: it could have come earlier.
    fn never_run(&mut self, blocked: impl Iterator<Item = (usize, Op)>) {
        for (thread, op) in blocked.filter(|_| !is(Sabotage::IgnoreNeverRun)) {
            let mut races = std::mem::take(&mut self.races);
            let wakes_anyway = context::with(|context| context.met.get().wakes_spuriously(thread))
                || rt::blocking::may_be_late(thread, op);
            self.trace.races(&Next { thread, op, awaited: None, wakes_anyway }, &mut races);
            self.races = races;
            self.reverse(thread);
        }
    }

    /// Goes to the next choice of its own that is left; false if there is none.
    fn advance(&mut self) -> bool {
        while let Some(branch) = self.stack.last_mut() {
            if std::mem::take(&mut branch.to_fail) {
                branch.fails = true;
                return true;
            }
            branch.fails = false;
            branch.done |= 1 << branch.choice;
            let left = branch.left();
            if left != 0 {
                branch.choice = left.trailing_zeros() as usize;
                return true;
            }
            self.stack.pop();
        }
        false
    }

    /// Gives away what is left at the topmost point where anything is.
    fn offer(&mut self, pool: &Pool<Task>) {
        let others = |branch: &Branch| branch.left() & !(1 << branch.choice);
        let Some(top) = self.stack.iter().position(|branch| others(branch) != 0) else { return };
        for branch in self.stack.drain(..=top) {
            self.sleep_below = branch.candidates.sleep | branch.done;
            let begun = branch.done | 1 << branch.choice;
            let shared = SharedBranch::new(branch.candidates, branch.backtrack, begun);
            self.prefix.push((Arc::new(shared), branch.choice));
        }
        pool.give(&self.prefix);
    }

    /// What is performed here, if it was chosen before: by this worker, or in the prefix of its job.
    fn known(&self, depth: usize) -> Option<(&Candidates, Choice)> {
        match self.prefix.get(depth) {
            Some((branch, choice)) => Some((&branch.candidates, Choice::of(*choice))),
            None => {
                let branch = self.stack.get(depth - self.prefix.len())?;
                Some((&branch.candidates, Choice { thread: branch.choice, fails: branch.fails }))
            }
        }
    }
}

impl Shares for Reduced {
    type Job = Task;
    type Seen = Reduced;

    fn share(&mut self, pool: Arc<Pool<Task>>) {
        self.pool = Some(pool);
        self.chosen = true;
    }

    fn seen(self) -> Reduced {
        self
    }

    fn add(&mut self, other: Reduced) {
        self.classes.extend(other.classes);
        self.redundant += other.redundant;
        self.unfit = self.unfit.or(other.unfit);
        self.simplest = match (self.simplest.take(), other.simplest) {
            (Some(mine), Some(theirs)) => Some(mine.simpler(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
    }
}

impl Policy for Reduced {
    fn begin(&mut self) -> bool {
        if self.unfit.is_some() {
            return false;
        }
        if !std::mem::replace(&mut self.chosen, false) && !self.advance() {
            let Some(job) = self.pool.as_ref().and_then(|pool| pool.take()) else { return false };
            (self.prefix, self.sleep_below) = (job.prefix, job.sleep);
        }
        if let Some(pool) = self.pool.clone() {
            if !pool.go_on() {
                return false;
            }
            if pool.idle() {
                self.offer(&pool);
            }
        }
        self.replayed = self.prefix.len() + self.stack.len();
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
            Some((candidates, choice)) => {
                if candidates.enabled != moment.enabled
                    || candidates.pending != moment.pending[..THREADS]
                {
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

    fn performed(&mut self, performed: &Performed) {
        let &Performed { thread, op, awaited, wakes_anyway, .. } = performed;
        // Only sabotages ask for this: the compiler drops it elsewhere.
        let announced = |kind| {
            let known = self.known(self.trace.events.len());
            known.is_some_and(|(candidates, _)| candidates.pending[thread].kind == kind)
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
        let clock = self.trace.races(&Next { thread, op, awaited, wakes_anyway }, &mut races);
        self.races = races;
        let depth = self.trace.events.len();
        if depth + 1 >= self.replayed {
            self.reverse(thread);
        }
        let fails = self.known(depth).is_some_and(|(_, choice)| choice.fails);
        if let Some(branch) =
            depth.checked_sub(self.prefix.len()).and_then(|at| self.stack.get_mut(at))
            && depth + 1 >= self.replayed
            && self.may_fail
            && !branch.fails
        {
            // A weak exchange that fails anyway is a load: there is no other way to go.
            branch.to_fail = op.kind != rt::op::Kind::Load && !is(Sabotage::NeverFails);
        }
        self.trace.push(Choice { thread, fails }, op, clock);
        if op.kind == rt::op::Kind::Spawn {
            // The thread that was started last: nobody else moves in between.
            self.trace.starts(thread, context::with(|context| context.threads.get()) - 1);
        }
    }

    fn amounts(&mut self, ended: Ended) -> Ended {
        let trace = &self.trace;
        let (ended, kept) = called::judged(
            ended,
            |thread, operation| trace.clock(thread, operation),
            |before, after| after.clock[before.thread] >= before.at,
        );
        self.kept = kept;
        ended
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
        if let (Some(_), Some(pool)) = (failure, &self.pool) {
            pool.failed();
        }
        let known = self.classes.insert(self.trace.fingerprint(), failure.is_some());
        if let (Some(kind), None) = (failure, known) {
            self.effort.improve(&mut self.simplest, kind, &self.trace.events, &self.kept);
        }
    }
}
