//! The search as a policy of the driver's: which thread goes on, and what is run next.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::decides::Decides;
use super::division::Division;
use super::ends;
use super::found::Found;
use super::graph::{Graph, Label};
use super::linear;
use super::readers::Apart;
use super::repeat::{Again, again, without_event};
use super::run::{Fault, Run, State, Stuck};
use super::shared::Given;
use super::stopped::Stopped;
use crate::explore::called;
use crate::explore::shuttle::policy::{Choice, Moment, Policy, members};
use crate::explore::shuttle::pool::Pool;
use crate::explore::tally::{Blocked, Ended};
use crate::race::Meaning;
use crate::report::Kind as Failing;
use crate::rt::op::{Kind, MAX_THREADS, Object, Op, Until};
use crate::rt::values::Values;
use crate::rt::{clocks, context};

/// Explores every consistent execution graph once, or repeats one.
pub(in crate::explore) struct Graphs {
    pub(super) run: Rc<Run>,
    /// Whether what std allows without a reason happens, as the thread's next operation was asked.
    asked: [Option<bool>; MAX_THREADS],
    /// The threads in the order in which they perform the events of the plan, where one is shown.
    shown: Option<Vec<u8>>,
    /// One plan and no other.
    only: bool,
    /// Where the work is shared.
    pub(super) pool: Option<Arc<Pool<Given>>>,
    /// How many graphs are left to explore that other workers had.
    pub(super) elsewhere: usize,
    /// The next plan was begun already, when a limit came between.
    pub(super) begun: bool,
    /// It ended because locks are better taken apart: these.
    pub(super) anew: Option<Apart>,
    /// Where this is a share of the whole.
    pub(super) division: Option<Division>,
    pub(super) found: Found,
}

impl Graphs {
    /// Explores all graphs.
    pub(in crate::explore) fn all(table: &'static [Meaning]) -> Graphs {
        let mut state = State::default();
        state.graph = Graph::new();
        state.plans.push(Graph::new());
        Graphs {
            run: Rc::new(Run(RefCell::new(state))),
            asked: Default::default(),
            shown: None,
            only: false,
            pool: None,
            elsewhere: 0,
            begun: false,
            anew: None,
            division: None,
            found: Found::new(table),
        }
    }

    /// A further worker: it begins with what it is given.
    pub(super) fn helper(table: &'static [Meaning], pool: Arc<Pool<Given>>) -> Graphs {
        let graphs = Graphs { pool: Some(pool), ..Graphs::all(table) };
        graphs.run.state().plans.clear();
        graphs
    }

    /// The same, with these locks in parts.
    pub(super) fn with(self, apart: &Apart) -> Graphs {
        self.run.state().take_apart(apart);
        self
    }

    /// The locks that are to be in parts where it is explored anew, if it is.
    pub(super) fn anew(&self) -> Option<&Apart> {
        self.anew.as_ref()
    }

    /// Executions by chance: which thread goes on, what it reads, and where it writes.
    pub(super) fn by_chance(seed: u64, table: &'static [Meaning]) -> Graphs {
        let graphs = Graphs::all(table);
        graphs.run.state().decides = Some(Decides::Chance(fastrand::Rng::with_seed(seed)));
        graphs
    }

    /// Repeats one graph, in an order that is easy to follow.
    pub(super) fn one(plan: Graph, objects: &[Object], table: &'static [Meaning]) -> Graphs {
        let order = linear::order(&plan).threads;
        let graphs = Graphs::all(table);
        graphs.run.state().know(objects);
        // What waits for ever goes round as it did, whoever repeats it.
        graphs.run.state().plans = vec![Graph { goes_round: Some(0), ..plan }];
        Graphs { shown: Some(order), only: true, ..graphs }
    }

    /// How many graphs are left to explore.
    pub(super) fn left(&self) -> usize {
        let undealt = self.division.as_ref().map_or(0, Division::left);
        self.run.state().plans.len() + self.elsewhere + undealt
    }

    /// What is told of it: by model, executions and failing ones, and the simplest of those.
    #[cfg(test)]
    pub(in crate::explore) fn told(&self) -> (u64, [String; 3]) {
        let told = |shown: &super::found::Shown| {
            let simplest =
                shown.simplest.as_ref().map(|simplest| (simplest.score, simplest.letters()));
            format!("{} {} {simplest:?}", shown.executions, shown.failing)
        };
        (self.found.waiting, self.found.shown.each_ref().map(told))
    }

    /// Graphs that came up more than once.
    #[cfg(test)]
    pub(in crate::explore) fn twice(&self) -> usize {
        let mut seen = std::collections::HashSet::new();
        self.found.complete.iter().filter(|graph| !seen.insert(graph.shape())).count()
    }

    pub(in crate::explore) fn fault(&self) -> Option<Fault> {
        self.run.state().fault
    }

    /// Whether loops that write were held up, and whether a time was not up though it could.
    pub(super) fn cut(&self) -> (bool, bool) {
        let state = self.run.state();
        (state.progress.held_up, state.progress.too_late)
    }

    /// The thread that repeats an event next.
    fn repeat(&mut self, state: &mut State, moment: &Moment<'_>) -> Option<usize> {
        let early = ends::early(state, moment);
        let alive = moment.alive & !early;
        // What has no event comes with what its thread did last.
        if let Some(last) = moment.last.filter(|_| self.shown.is_some())
            && alive >> last & 1 == 1
            && state.stuck[last].is_none()
            && matches!(moment.pending[last].kind, Kind::CellRead | Kind::CellWrite | Kind::End)
        {
            return Some(last);
        }
        while let Some(thread) = self.next_shown(state).filter(|thread| alive >> thread & 1 == 1) {
            let before = state.remaining(thread);
            match again(&mut self.asked, state, thread, moment.pending[thread]) {
                Again::Goes => return Some(thread),
                Again::Waits if state.remaining(thread) < before => {}
                Again::Waits => break,
            }
        }
        // What is new comes last: from there on its thread may do what it never did.
        let news = state.plan.news;
        let others = members(alive & !(1 << news));
        let first = state.remaining(news) > 1;
        let news = Some(news).filter(|news| alive >> news & 1 == 1);
        let order = news.filter(|_| first).into_iter().chain(others).chain(news);
        order.chain(members(early)).find(|&thread| {
            let mut go = || again(&mut self.asked, state, thread, moment.pending[thread]);
            // Where the plan has more of one that waits, its time is up.
            go() == Again::Goes || go() == Again::Goes
        })
    }

    /// The thread whose event comes next in the order that is shown.
    fn next_shown(&self, state: &State) -> Option<usize> {
        let performed: usize = state.graph.threads.iter().map(Vec::len).sum();
        self.shown.as_ref()?.get(performed).map(|thread| usize::from(*thread))
    }

    /// The thread that adds to the graph next.
    fn extend(&mut self, state: &mut State, moment: &Moment<'_>) -> Option<usize> {
        if let Some(first) = members(moment.alive & (state.half | state.let_go)).next() {
            return Some(first);
        }
        // Who has a part of a lock goes on with the others.
        let midway = members(moment.alive & state.readers.midway);
        for thread in midway.filter(|thread| state.stuck[*thread].is_none()).collect::<Vec<_>>() {
            if state.could(thread, moment.pending[thread]) {
                return Some(thread);
            }
        }
        let mut ends = None;
        let mut threads: Vec<usize> = members(moment.alive).collect();
        if let Some(Decides::Chance(chance)) = &mut state.decides {
            chance.shuffle(&mut threads);
            // Who yields lets the others go first.
            threads.sort_by_key(|thread| moment.pending[*thread].kind == Kind::Yield);
        }
        for &thread in &threads {
            let op = moment.pending[thread];
            if state.stuck[thread].is_some() || !self.able(state, thread, op) {
                continue;
            }
            if ends::touched(state, moment, thread) {
                ends = ends.or(Some(thread));
                continue;
            }
            return Some(thread);
        }
        if ends.is_none() {
            threads.retain(|thread| state.stuck[*thread].is_none());
            for thread in threads {
                let op = moment.pending[thread];
                if !state.block(thread, op, true) && state.waits_whole(thread, op) {
                    return Some(thread);
                }
            }
        }
        ends
    }

    /// Whether a thread can go on that adds to the graph. Where it cannot, it is stuck, or waits
    /// for the end of another.
    pub(super) fn able(&mut self, state: &mut State, thread: usize, op: Op) -> bool {
        if op.kind == Kind::Join {
            let other = op.object.ended_thread();
            let ended = context::with(|context| context.finished[other].get());
            if ended {
                state.add(thread, Label::Join(other as u8), 0);
            }
            return ended;
        }
        let goes_on =
            op.kind != Kind::Yield || state.decides.is_some() || state.progress.goes_on(thread);
        if self.asked[thread].is_none() && whimsical(state, thread, op, goes_on) {
            let happens = match &mut state.decides {
                Some(Decides::Chance(chance)) => chance.bool(),
                Some(Decides::Hand(wanted)) => wanted.whim,
                None => false,
            };
            if state.decides.is_none() {
                state.push_plan(thread, Label::Whim(true));
            }
            state.add(thread, Label::Whim(happens), 0);
            self.asked[thread] = Some(happens);
        }
        let happens = self.asked[thread] == Some(true);
        if op.kind == Kind::Yield && !goes_on && !happens {
            if self.asked[thread].is_none() {
                // Where some are free, these are used up.
                context::with(|context| context.held_up.set(context.allow.get().yields > 0));
            }
            state.stuck[thread] = Some(Stuck::Yield);
            return false;
        }
        state.progress.set_late(thread, happens);
        !state.block(thread, op, false)
    }

    /// A thread goes on.
    pub(super) fn lets_go(&mut self, state: &mut State, thread: usize, op: Op) -> Choice {
        let happens = self.asked[thread].take() == Some(true);
        if without_event(op.kind) {
            state.progress.step(thread, op);
        }
        if op.kind == Kind::Yield {
            let events = state.graph.threads[thread].len();
            state.progress.yields(thread, happens, events);
        }
        if op.kind.until() == Until::Late && state.progress.is_late(thread) {
            state.progress.late(thread);
        }
        let fails = happens && op.kind.until() != Until::Late && op.kind != Kind::Yield;
        Choice { thread, fails }
    }
}

/// Whether what std allows without a reason can happen in this operation.
fn whimsical(state: &mut State, thread: usize, op: Op, goes_on: bool) -> bool {
    let (met, allow) = context::with(|context| (context.met.get(), context.allow.get()));
    match op.kind {
        Kind::Yield => !goes_on && state.progress.free(thread) < allow.yields,
        kind if kind.until() == Until::Late => state.progress.may_be_late(thread),
        _ => met.may(allow, thread, op),
    }
}

impl Policy for Graphs {
    fn decides(&self) -> Option<Rc<dyn Values>> {
        Some(self.run.clone())
    }

    fn begin(&mut self) -> bool {
        let run = self.run.clone();
        let mut state = run.state();
        if !self.only && state.decides.is_none() && self.anew.is_none() {
            self.anew = self.better_apart(&mut state);
        }
        if state.fault.is_some() || self.anew.is_some() {
            return false;
        }
        if state.decides.is_some() {
            state.plans.push(Graph::new());
        }
        let plan = match std::mem::take(&mut self.begun) {
            true => Some(std::mem::take(&mut state.plan)),
            false => self.next_plan(&mut state),
        };
        let take = || {
            let given = self.pool.as_ref()?.take()?;
            Some(state.taken(given))
        };
        let Some(plan) = plan.or_else(take) else { return false };
        if let Some(pool) = &self.pool {
            if !pool.go_on() {
                return false;
            }
            // What was left first leads to the most.
            if self.is_whole_or_dealt() && pool.idle() && !state.plans.is_empty() {
                let graph = state.plans.remove(0);
                pool.queue([Given { graph, objects: state.objects.clone() }]);
            }
        }
        self.found.deepest = self.found.deepest.max(state.plans.len() + 1);
        state.begin(plan);
        self.asked = Default::default();
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let run = self.run.clone();
        let mut state = run.state();
        if state.fault.is_some() {
            return None;
        }
        if state.repeating {
            if let Some(thread) = self.repeat(&mut state, moment) {
                return Some(self.lets_go(&mut state, thread, moment.pending[thread]));
            }
            if (0..MAX_THREADS).any(|thread| state.remaining(thread) > 0) {
                state.astray();
                return None;
            }
            state.repeated();
        }
        let thread = match state.last_look.thread {
            None => self.extend(&mut state, moment),
            Some(_) => None,
        };
        let thread = thread.or_else(|| state.goes_round(moment))?;
        Some(self.lets_go(&mut state, thread, moment.pending[thread]))
    }

    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        let mut state = self.run.state();
        if state.fault.is_some() {
            return Ended::Truncated;
        }
        if clocks::raced() {
            return Ended::Broken(Failing::DataRace, blocked);
        }
        match state.stopped() {
            Stopped::Waiting => {
                self.found.waiting += (self.counts() && !state.last_look.fresh) as u64;
                Ended::Redundant
            }
            Stopped::Deadlock => Ended::Deadlock(blocked),
            Stopped::Livelock => Ended::Livelock(blocked),
        }
    }

    fn amounts(&mut self, ended: Ended) -> Ended {
        let finished = matches!(ended, Ended::Finished { .. });
        let mut state = self.run.state();
        if finished && state.looking() {
            state.leads_on();
            self.found.waiting += (self.counts() && !state.last_look.fresh) as u64;
            return Ended::Redundant;
        }
        // What all shares repeat counts in one of them.
        if self.counts() { called::judged_by_clocks(ended) } else { Ended::Redundant }
    }

    fn end(&mut self, ended: &Ended) {
        let run = self.run.clone();
        let mut state = run.state();
        if self.only {
            state.plans.clear();
        }
        // Where a plan is all that there is, nobody was chosen any more who would have ended it.
        if state.repeating && state.all_repeated() {
            state.repeated();
        } else if state.repeating && matches!(ended, Ended::Finished { .. }) {
            state.astray();
        }
        if state.fault.is_none() {
            self.found.count(&state, ended);
        }
        if let (Some(pool), Some(_)) = (&self.pool, ended.failure(self.found.table)) {
            pool.failed();
        }
    }
}
