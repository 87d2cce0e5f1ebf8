//! What an exploration found: plain data, made by a child process, printed by another room.

use serde::{Deserialize, Serialize};

use crate::outcome::Grade;

mod contradicted;
mod end;
mod ends;
mod engine;
mod failure;
mod flow;
mod merge;
mod note;
mod partition;
mod step;
mod stricter;
mod unseen;
mod why;

pub use contradicted::{Contradiction, Second, Shown, Suspect};
pub use end::{End, Stop, TooLong};
pub use engine::{EngineFacts, Model};
pub use failure::{Failure, Kind, Witness};
pub use flow::{Flow, flows, missing, unordered};
pub use merge::{Unmerged, merge};
pub use note::{BlindSpot, MachineNote, NoChild, Note};
pub(crate) use partition::Fingerprint;
pub use partition::{Part, Partition};
pub use step::{Old, Step};
pub use stricter::Stricter;
pub use unseen::{Instead, Unseen, What};
pub use why::{Access, Conflict, Death, Does, Edge, End as EdgeEnd, Wait, Why};

/// The bounds of an exploration. `None` is no bound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Switches away from a thread that could have gone on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preemptions: Option<usize>,
    /// So often the time of each thread that waits for one was up while others could move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeouts: Option<u32>,
    /// So often each thread went round a loop that writes in each round, and waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounds: Option<u32>,
    /// Executions in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executions: Option<u64>,
    /// Operations in one execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// Wall time, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// How often an outcome came up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeCount {
    /// The name of the outcome.
    pub id: String,
    /// How it is judged.
    pub grade: Grade,
    /// Why, in one line.
    pub reason: String,
    /// Executions that ended so.
    pub count: u64,
}

impl OutcomeCount {
    /// The same outcome, as often.
    pub fn with(&self, count: u64) -> OutcomeCount {
        OutcomeCount { count, ..self.clone() }
    }
}

/// The second look: with what std allows without a reason, at most once a thread in an execution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unreasonable {
    /// `compare_exchange_weak` fails although the value is the expected one.
    pub failures: bool,
    /// A condition variable wakes a thread that nobody notified, `park` returns without a token.
    pub wakeups: bool,
    /// A writer that waits for a lock holds up readers that come after it.
    pub writers_first: bool,
    /// `yield_now` and `spin_loop` return at once.
    pub returns: bool,
    /// After so many yields a thread that yields waits for a change; none where that held up
    /// nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yields: Option<u32>,
    /// How far it came.
    pub end: End,
    /// Executions run, besides those of the first look.
    pub executions: u64,
    /// Classes of equivalent executions among them.
    pub distinct: u64,
    /// How many of these fail.
    pub failing: u64,
    /// Every outcome of the table, with its count.
    pub outcomes: Vec<OutcomeCount>,
    /// Wall time, in seconds.
    pub seconds: f64,
}

/// What one exploration found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What explored it.
    pub engine: EngineFacts,
    /// How far it came.
    pub end: End,
    /// Within which bounds.
    pub bounds: Bounds,
    /// How many executions were run.
    pub executions: u64,
    /// Those among them that were broken off: what they would have come to is not known.
    #[serde(default)]
    pub broken_off: u64,
    /// Classes of equivalent interleavings among them, where the engine counts them.
    pub distinct: Option<u64>,
    /// Executions (or classes, where they are counted) that failed.
    pub failing: u64,
    /// Every outcome of the table, with its count.
    pub outcomes: Vec<OutcomeCount>,
    /// The simplest failure.
    pub failure: Option<Failure>,
    /// The seed, where chance played a part.
    pub seed: Option<u64>,
    /// Wall time, in seconds.
    pub seconds: f64,
    /// Wall time until the first failure.
    pub first_failure_seconds: Option<f64>,
    /// The second look, with what std allows without a reason, where the first found nothing and
    /// the program can meet any of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreasonable: Option<Unreasonable>,
    /// What this engine could not have seen here.
    pub blind_spots: Vec<BlindSpot>,
    /// What else is worth knowing.
    pub notes: Vec<Note>,
    /// What stricter models show of it, where the engine decides several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stricter: Vec<Stricter>,
    /// Whether the program orders all that its threads share by locks and SeqCst accesses: then a
    /// machine shows interleavings and nothing else.
    #[serde(default)]
    pub sequential: bool,
    /// Whether nothing that its threads do can go another way without a reason.
    #[serde(default)]
    pub reasonable: bool,
    /// What this machine showed although this exploration excludes it.
    #[serde(default)]
    pub contradiction: Option<Contradiction>,
    /// Set where an exact engine of the same model has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Second>,
    /// Set where a share was explored, and not the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// What a report amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A failure was found.
    Caught,
    /// Everything within the bounds was seen, and nothing failed.
    Passed,
    /// Some schedules were tried, and nothing failed. Not a proof.
    NotFound,
    /// Stopped before everything was seen, and nothing had failed.
    Inconclusive,
    /// Everything within the bounds was seen, and this machine showed something else.
    Undecided,
    /// The process did not end in time.
    Hung,
    /// The process died.
    Crashed,
    /// This engine cannot judge this version.
    NotApplicable,
}

impl Report {
    /// A report in which nothing is counted yet.
    pub fn new(engine: EngineFacts, end: End) -> Report {
        Report {
            engine,
            end,
            bounds: Bounds::default(),
            executions: 0,
            broken_off: 0,
            distinct: None,
            failing: 0,
            outcomes: Vec::new(),
            failure: None,
            seed: None,
            seconds: 0.0,
            first_failure_seconds: None,
            unreasonable: None,
            blind_spots: Vec::new(),
            notes: Vec::new(),
            stricter: Vec::new(),
            sequential: false,
            reasonable: false,
            contradiction: None,
            second: None,
            part: None,
        }
    }

    /// Every outcome that came up, with its count, in either look.
    pub fn came_up(&self) -> impl Iterator<Item = &OutcomeCount> {
        let again = self.unreasonable.iter().flat_map(|again| &again.outcomes);
        self.outcomes.iter().chain(again).filter(|row| row.count > 0)
    }

    /// What it amounts to.
    pub fn verdict(&self) -> Verdict {
        match (&self.failure, &self.end) {
            (Some(failure), _) => match failure.kind {
                Kind::Hang => Verdict::Hung,
                Kind::Crash | Kind::OutOfMemory => Verdict::Crashed,
                _ => Verdict::Caught,
            },
            (None, End::Unseen(_)) => Verdict::Inconclusive,
            // None of its schedules came to an end.
            (None, _) if self.executions > 0 && self.broken_off == self.executions => {
                Verdict::Inconclusive
            }
            (None, _) if !self.engine.exhaustive => Verdict::NotFound,
            (None, End::Complete) if self.contradiction.is_some() => Verdict::Undecided,
            (None, End::Complete) => Verdict::Passed,
            (None, _) => Verdict::Inconclusive,
        }
    }

    /// The same without what is long: for a report that is mentioned in another.
    pub fn in_short(&self) -> Box<Report> {
        Box::new(Report {
            bounds: self.bounds.clone(),
            executions: self.executions,
            broken_off: self.broken_off,
            distinct: self.distinct,
            failing: self.failing,
            failure: self.failure.as_ref().map(|failure| {
                Failure::told(failure.kind, failure.why.clone(), failure.actors.clone())
            }),
            seed: self.seed,
            seconds: self.seconds,
            unreasonable: self.unreasonable.clone(),
            contradiction: self.contradiction.clone(),
            second: self.second.clone(),
            ..Report::new(self.engine.clone(), self.end.clone())
        })
    }

    /// Whether it saw everything, without a bound.
    pub fn exhaustive(&self) -> bool {
        let bounds = &self.bounds;
        self.end == End::Complete
            && bounds.preemptions.is_none()
            && bounds.timeouts.is_none()
            && bounds.rounds.is_none()
    }
}
