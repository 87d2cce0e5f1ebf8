//! The tally: how executions ended, and the simplest one that failed.

use std::time::{Duration, Instant};

use super::engine::Engine;
use crate::race::{Grade, Meaning, Outcome};
use crate::report::{End, Kind, Note, OutcomeCount, Report, Stop};
use crate::rt::allow::Allow;
use crate::rt::clocks;
use crate::rt::context;
use crate::rt::op::Op;

/// A thread that cannot move, and what it would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Blocked {
    pub(crate) thread: usize,
    pub(crate) op: Op,
    /// The thread that holds the lock it waits for.
    pub(crate) holder: Option<usize>,
}

/// How one execution ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All actors ended, and the judge has spoken.
    Finished { outcome: Outcome, panicked: Option<usize>, raced: bool },
    /// No thread can move.
    Deadlock(Vec<Blocked>),
    /// Threads only let each other go first.
    Livelock(Vec<Blocked>),
    /// It failed before its end, in this way: what would have come next must not be done. These
    /// threads were about to do something.
    Broken(Kind, Vec<Blocked>),
    /// Too many steps.
    Truncated,
    /// Given up by the search: an equivalent one is explored elsewhere.
    Redundant,
}

impl Ended {
    /// Reads off the context how the execution that just ended came out.
    pub(crate) fn finished() -> Option<Ended> {
        context::with(|context| {
            if let Some(kind) = context.broken.get() {
                // It came to its end before its next step.
                return Some(Ended::Broken(kind, Vec::new()));
            }
            let outcome = context.outcome.get()?;
            let panicked = context.panicked.get();
            let raced = context.watching.get() & context::CLOCKS != 0 && clocks::raced();
            Some(Ended::Finished { outcome, panicked, raced })
        })
    }

    /// What kind of failure this is, if it is one.
    pub(crate) fn failure(&self, table: &[Meaning]) -> Option<Kind> {
        match self {
            Ended::Finished { raced: true, .. } => Some(Kind::DataRace),
            Ended::Finished { panicked: Some(_), .. } => Some(Kind::Panic),
            Ended::Finished { outcome, .. } => {
                let grade = table.get(outcome.0 as usize).map(|meaning| meaning.grade);
                (grade == Some(Grade::Forbidden)).then_some(Kind::Forbidden)
            }
            Ended::Broken(kind, _) => Some(*kind),
            Ended::Deadlock(_) => Some(Kind::Deadlock),
            Ended::Livelock(_) => Some(Kind::Livelock),
            Ended::Truncated | Ended::Redundant => None,
        }
    }
}

/// A failing execution, and how simple it is: stale reads, then switches, then steps.
#[derive(Clone, Debug)]
pub(crate) struct Best<S> {
    pub(crate) score: (usize, usize, usize),
    pub(crate) kind: Kind,
    pub(crate) schedule: S,
    /// What could happen in it without a reason.
    pub(crate) allow: Allow,
}

/// What was counted over an exploration. `S` is what replays an execution.
pub(crate) struct Tally<S> {
    table: &'static [Meaning],
    counts: Vec<u64>,
    pub(crate) executions: u64,
    pub(crate) failing: u64,
    pub(crate) truncated: u64,
    pub(crate) best: Option<Best<S>>,
    started: Instant,
    pub(crate) first_failure: Option<Duration>,
    pub(crate) unmodelled: Option<&'static str>,
}

impl<S> Tally<S> {
    pub(crate) fn new(table: &'static [Meaning]) -> Tally<S> {
        Tally {
            table,
            counts: vec![0; table.len()],
            executions: 0,
            failing: 0,
            truncated: 0,
            best: None,
            started: Instant::now(),
            first_failure: None,
            unmodelled: None,
        }
    }

    /// How often each outcome of the table came up.
    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Counts an execution. `score` and `schedule` are asked for only if it failed.
    pub(crate) fn count(
        &mut self,
        ended: &Ended,
        score: impl FnOnce() -> (usize, usize, usize),
        schedule: impl FnOnce() -> S,
    ) {
        if *ended == Ended::Redundant {
            return;
        }
        self.executions += 1;
        super::progress::execution();
        if let Some(why) = context::with(|context| context.unmodelled.get()) {
            self.unmodelled.get_or_insert(why);
        }
        if let Ended::Finished { outcome, .. } = ended
            && let Some(count) = self.counts.get_mut(outcome.0 as usize)
        {
            *count += 1;
        }
        if *ended == Ended::Truncated {
            self.truncated += 1;
        }
        let Some(kind) = ended.failure(self.table) else { return };
        self.failing += 1;
        self.first_failure.get_or_insert_with(|| self.started.elapsed());
        let score = score();
        if self.best.as_ref().is_none_or(|best| score < best.score) {
            let allow = context::with(|context| context.allow.get());
            self.best = Some(Best { score, kind, schedule: schedule(), allow });
        }
    }

    /// Counts a failure that ended the engine itself.
    pub(crate) fn fail(&mut self, failure: Best<S>) {
        self.failing += 1;
        self.first_failure.get_or_insert_with(|| self.started.elapsed());
        if self.best.as_ref().is_none_or(|best| failure.score < best.score) {
            self.best = Some(failure);
        }
    }

    /// Adds what another counted, who began no earlier.
    pub(crate) fn merge(&mut self, other: Tally<S>) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine += theirs;
        }
        self.executions += other.executions;
        self.failing += other.failing;
        self.truncated += other.truncated;
        self.unmodelled = self.unmodelled.or(other.unmodelled);
        let later = other.started.saturating_duration_since(self.started);
        let theirs = other.first_failure.map(|time| time + later);
        self.first_failure = self.first_failure.into_iter().chain(theirs).min();
        let bests = self.best.take().into_iter().chain(other.best);
        self.best = bests.min_by_key(|best| best.score);
    }

    /// Wall time since the exploration began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// The report on what was counted.
    pub(crate) fn report(&self, engine: &dyn Engine, end: End) -> Report {
        // What was not modelled may do what nobody saw: a failure counts, and nothing else is proved.
        let not_modelled = self.unmodelled.map(str::to_string);
        let (end, not_modelled) = match (end, not_modelled) {
            (End::Complete, Some(why)) if self.failing == 0 => {
                (End::Cut(Stop::NotModelled(why)), None)
            }
            (end, not_modelled) => (end, not_modelled.map(Note::NotModelled)),
        };
        Report {
            executions: self.executions,
            broken_off: self.truncated,
            failing: self.failing,
            outcomes: self.outcomes(),
            first_failure_seconds: self.first_failure.map(|time| time.as_secs_f64()),
            notes: not_modelled.into_iter().collect(),
            ..Report::new(engine.facts(), end)
        }
    }

    /// Every outcome of the table with its count.
    pub(crate) fn outcomes(&self) -> Vec<OutcomeCount> {
        count_outcomes(self.table, &self.counts)
    }
}

/// The table with these counts.
pub(crate) fn count_outcomes(table: &[Meaning], counts: &[u64]) -> Vec<OutcomeCount> {
    let rows = table.iter().zip(counts);
    rows.map(|(meaning, &count)| OutcomeCount {
        id: meaning.id.to_string(),
        grade: meaning.grade,
        reason: meaning.reason.to_string(),
        count,
    })
    .collect()
}
