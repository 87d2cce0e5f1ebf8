//! The driver: shuttle asks it which thread goes on, and it asks a policy among those that can.

mod able;
mod rest;
mod run;
mod sights;

use shuttle::scheduler::{Task, TaskId};

use rest::rest;
pub(crate) use sights::Sights;

pub(crate) use super::limits::{Limits, ShuttleStop};
use super::policy::{Choice, Moment, Performed, Policy, Threads, members};
use crate::explore::progress;
use crate::explore::tally::{Ended, Tally};
use crate::race::Meaning;
use crate::rt::allow::Deeds;
use crate::rt::blocking;
use crate::rt::context::{self, Finer, Harness};
use crate::rt::op::{Kind, MAX_THREADS, Op, Until};

/// An exploration as it runs, and what it has found when it is over.
pub(crate) struct Exploration<P> {
    pub(crate) policy: P,
    pub(crate) tally: Tally<Vec<u8>>,
    pub(crate) stop: Option<ShuttleStop>,
    /// What the threads did.
    pub(crate) does: Deeds,
    /// Whether a thread that yielded had used up its free yields, and was held up.
    pub(crate) held_up: bool,
    /// Whether a time was not up although others could move: it had been up too often.
    pub(crate) late: bool,
    /// What the program turned out to need, besides the counts of an `Arc` if it looks at those.
    pub(crate) wants: Finer,
    pub(crate) counts: bool,
    limits: Limits,
    /// The policy decides what reads return, and who can move.
    decides: bool,
    /// The actors in the order in which they moved, in this execution.
    pub(crate) schedule: Vec<u8>,
    /// Changes from one actor to another.
    switches: usize,
    /// The thread whose operation is being performed.
    performing: Option<usize>,
    last: Option<usize>,
    ended: Option<Ended>,
    running: bool,
    /// The operation being performed goes another way without a reason.
    fails: bool,
    /// Its thread was to wake anyway: spuriously, or because a time was up.
    wakes_anyway: bool,
    /// Rounds in which threads went on although nothing had changed.
    idle: u32,
    /// The same where a time was up, over and over.
    rounds: u32,
    pending: [Op; MAX_THREADS],
}

/// So many steps of an execution are worth a sign of life.
const SOME_STEPS: usize = 32;

/// After so many rounds in which nothing changes, threads that let each other go first are stuck.
pub(crate) const IDLE_ROUNDS: u32 = 100;

impl<P: Policy> Exploration<P> {
    pub(crate) fn new(policy: P, table: &'static [Meaning], limits: Limits) -> Exploration<P> {
        Exploration {
            policy,
            tally: Tally::new(table),
            stop: None,
            does: Deeds::default(),
            held_up: false,
            late: false,
            wants: Finer::default(),
            counts: false,
            limits,
            decides: false,
            schedule: Vec::new(),
            switches: 0,
            performing: None,
            last: None,
            ended: None,
            running: false,
            fails: false,
            wakes_anyway: false,
            idle: 0,
            rounds: 0,
            pending: [Op::LOCAL; MAX_THREADS],
        }
    }

    /// Takes up an exploration again that came to a limit, with others.
    pub(crate) fn resume(self, limits: Limits) -> Exploration<P> {
        Exploration { limits, stop: None, ..self }
    }

    fn settle_operation(&mut self) {
        let Some(thread) = self.performing.take() else { return };
        let (op, same) = context::with(|context| {
            let op = context.performed[thread].get();
            let mut met = context.met.get();
            if self.fails {
                met.meet(thread, self.pending[thread].kind);
            }
            if matches!(op.kind.until(), Until::Woken | Until::Late) {
                met.woke(thread);
            }
            context.met.set(met);
            (op, context.same.get())
        });
        let awaited = match op.kind.until() {
            Until::Changed => blocking::go(thread).written(),
            Until::Now | Until::Free | Until::Woken | Until::Ended => None,
            Until::Met | Until::Late => None,
        };
        let step = self.schedule.len() - 1;
        if !self.decides {
            blocking::performed(thread, op, same, step);
        }
        self.policy.performed(&Performed {
            thread,
            op,
            same,
            awaited,
            wakes_anyway: self.wakes_anyway,
        });
        if !op.kind.only_looks() && !same {
            self.idle = 0;
        }
        if context::with(|context| context.moved.take()) || op.kind.moves() && !same {
            self.rounds = 0;
        }
    }

    fn settle_execution(&mut self) {
        if !std::mem::replace(&mut self.running, false) {
            return;
        }
        self.settle_operation();
        self.late |= blocking::held_back();
        let ended = self.ended.take().or_else(Ended::finished);
        // An execution that neither finished nor was given up: every thread left is detached.
        let ended = self.policy.amounts(ended.unwrap_or(Ended::Truncated));
        let (switches, schedule) = (self.switches, &self.schedule);
        self.tally.count(&ended, || (0, switches, schedule.len()), || schedule.clone());
        self.policy.end(&ended);
    }

    /// Whether there is another execution, which has then begun.
    fn begin(&mut self) -> bool {
        self.settle_execution();
        if self.stop.is_some() {
            return false;
        }
        let counts = context::with(|context| {
            let finer = context.finer.get();
            context.looks_at_counts.get() || context.wants.get().and(finer) != finer
        });
        let stop = if counts {
            Some(ShuttleStop::Counts)
        } else if self.limits.free && context::with(|context| context.held_up.get()) {
            Some(ShuttleStop::HeldUp)
        } else if self.tally.executions >= self.limits.executions {
            Some(ShuttleStop::Executions)
        } else if self.tally.elapsed() >= self.limits.time {
            Some(ShuttleStop::Time)
        } else if self.limits.first && self.tally.failing > 0 {
            Some(ShuttleStop::FirstFailure)
        } else {
            None
        };
        // A limit that is reached together with the last execution has cut nothing off.
        let more = self.policy.begin();
        self.stop = if more || matches!(stop, Some(ShuttleStop::Counts | ShuttleStop::HeldUp)) {
            stop
        } else {
            Some(ShuttleStop::Exhausted)
        };
        if self.stop.is_some() {
            return false;
        }
        self.schedule.clear();
        self.switches = 0;
        self.last = None;
        self.ended = None;
        self.idle = 0;
        self.rounds = 0;
        self.running = true;
        true
    }

    /// The next thread to move, or `None` when the execution is over before its end.
    fn next(&mut self, runnable: &[&Task]) -> Option<TaskId> {
        if context::with(|context| context.stopping.get()) {
            if context::with(|context| context.goes_on_alone.take()) {
                self.failed_unwinding(alive(runnable));
            }
            return rest(runnable);
        }
        self.settle_operation();
        let alive = alive(runnable);
        if alive & 1 == 0 {
            // The harness waits for those that had no other job, or has ended: they end as well.
            if let Some(idle) = runnable.iter().find(|task| finished(id(task))) {
                return Some(idle.id());
            }
            // What is left is threads that nobody joined.
        } else {
            match context::with(|context| context.harness.get()) {
                Harness::Waiting(actors) if alive & actors != 0 => {}
                Harness::Asking => {
                    let another = self.begin();
                    context::with(|context| context.another.set(another));
                    return Some(TaskId::from(0));
                }
                // Its own steps touch nothing that the actors share: it goes first.
                _ => return Some(TaskId::from(0)),
            }
        }
        let alive = alive & !1;
        if let Some(kind) = context::with(|context| context.broken.get()) {
            self.pending();
            return self.give_up(Ended::Broken(kind, self.blocked(alive)), runnable);
        }
        if self.schedule.len() >= self.limits.steps {
            return self.give_up(Ended::Truncated, runnable);
        }
        if self.schedule.len() % SOME_STEPS == SOME_STEPS - 1 {
            progress::step();
        }
        self.pending();
        // A thread that has not said what it does next does nothing that others could see.
        if let Some(thread) = members(alive).find(|&t| self.pending[t].kind == Kind::Local) {
            return Some(TaskId::from(thread));
        }
        if self.decides {
            return self.decided(alive, runnable);
        }
        blocking::force_late(0);
        let mut enabled = self.enabled(alive);
        if enabled == 0 {
            enabled = self.late(alive);
        }
        if enabled == 0 {
            self.idle += 1;
            let waiting = members(alive).filter(|&t| self.pending[t].kind == Kind::Yield);
            let waiting: Vec<usize> = waiting.collect();
            if waiting.is_empty() && self.rounds > IDLE_ROUNDS {
                return self.give_up(Ended::Livelock(self.blocked(alive)), runnable);
            }
            if waiting.is_empty() {
                return self.give_up(Ended::Deadlock(self.blocked(alive)), runnable);
            }
            if self.idle > IDLE_ROUNDS {
                return self.give_up(Ended::Livelock(self.blocked(alive)), runnable);
            }
            // Perhaps the loop gives up after some rounds: each takes its turn.
            let thread = waiting[self.idle as usize % waiting.len()];
            blocking::force(thread);
            enabled = 1 << thread;
        }
        let enabled = self.without_ends(enabled);
        let (pending, last, may_fail) = (&self.pending, self.last, self.may_fail(enabled));
        let moment = Moment { enabled, may_fail, pending, last, alive, tasks: runnable };
        let Some(choice) = self.policy.choose(&moment) else {
            return self.give_up(Ended::Redundant, runnable);
        };
        if enabled >> choice.thread & 1 == 0 {
            // Only a program that does not repeat itself leads a policy astray.
            return self.give_up(Ended::Truncated, runnable);
        }
        Some(self.go(choice))
    }

    /// As `next`, where the policy decides who can move.
    fn decided(&mut self, alive: Threads, tasks: &[&Task]) -> Option<TaskId> {
        let (pending, last) = (&self.pending, self.last);
        let moment = Moment { enabled: alive, may_fail: 0, pending, last, alive, tasks };
        match self.policy.choose(&moment) {
            Some(choice) => Some(self.go(choice)),
            None => {
                let ended = self.policy.stops(self.blocked(alive));
                self.give_up(ended, tasks)
            }
        }
    }

    fn go(&mut self, choice: Choice) -> TaskId {
        let chosen = choice.thread;
        context::with(|context| {
            context.performed[chosen].set(self.pending[chosen]);
            context.calls.borrow_mut().moves[chosen] += 1;
            context.same.set(false);
            self.fails = choice.fails;
            let wakes_anyway = context.met.get().wakes_spuriously(chosen);
            self.wakes_anyway = wakes_anyway || blocking::may_be_late(chosen, self.pending[chosen]);
            context.fails.set(choice.fails);
        });
        if self.last.is_some_and(|last| last != chosen) {
            self.switches += 1;
        }
        self.last = Some(chosen);
        self.performing = Some(chosen);
        self.schedule.push(choice.encoded());
        TaskId::from(chosen)
    }

    /// A thread that unwinds has found a failure, and has come to its end since.
    fn failed_unwinding(&mut self, alive: Threads) {
        self.settle_operation();
        self.pending();
        let broken = context::with(|context| context.broken.get());
        self.ended = broken.map(|kind| Ended::Broken(kind, self.blocked(alive & !1)));
    }

    /// The execution is over before its end.
    fn give_up(&mut self, ended: Ended, tasks: &[&Task]) -> Option<TaskId> {
        self.ended = Some(ended);
        context::with(|context| {
            context.stopping.set(true);
            context.active.set(false);
        });
        rest(tasks)
    }
}

fn id(task: &&Task) -> usize {
    usize::from(task.id())
}

/// Those that have not ended, the harness among them.
fn alive(runnable: &[&Task]) -> Threads {
    let alive = runnable.iter().map(id).filter(|&thread| !finished(thread));
    alive.fold(0, |set, thread| set | 1 << thread)
}

fn finished(thread: usize) -> bool {
    context::with(|context| context.finished[thread].get())
}
