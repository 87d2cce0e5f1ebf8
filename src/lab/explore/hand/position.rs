//! Where some moves lead.

use serde::{Deserialize, Serialize};

use super::sc::Interleaving;
use super::x86::OnX86;
use super::{How, Move};
use crate::explore::graphs::ByHand;
use crate::explore::show::{self, Conditions};
use crate::explore::shuttle::driver::{Exploration, Limits};
use crate::explore::shuttle::replay::Replay;
use crate::explore::shuttle::report::{counted, limits, watching};
use crate::explore::steered::{Seen, Steers};
use crate::explore::steps::{self, Names, name};
use crate::explore::tally::Ended;
use crate::explore::{Budget, sighted};
use crate::layout::Places;
use crate::race::Grade;
use crate::report::{Failure, Kind, Model, Step, Wait};
use crate::rt::allow::Allow;
use crate::rt::context::{self, CLOCKS, RECORD, Settings};
use crate::rt::op;
use crate::rt::record::{self, Record};
use crate::scenario::Scenario;

/// An execution by hand has no more steps.
const STEPS: usize = 10_000;

/// A program under a memory model, to be gone through by hand.
#[derive(Clone, Debug)]
pub struct Hand<'a> {
    scenario: &'a Scenario,
    model: Model,
    /// What may happen without a reason, and what is modelled more finely.
    conditions: Conditions,
}

/// Where some moves lead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The steps so far, with the memory after each, as failures are shown. Its kind and reason count
    /// where [`came`](Position::came) says that it fails.
    pub so_far: Failure,
    /// Each thread that has begun, the actors first: its name, and what it could do next.
    pub threads: Vec<(String, Next)>,
    /// Under x86, what waits in the buffer of each of them, the oldest first: word and value.
    pub buffers: Vec<Vec<(String, String)>>,
    /// How it ended, if it has.
    pub came: Option<Came>,
    /// Where the words lie that it names.
    pub places: Places,
}

/// What a thread could do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Next {
    /// It has ended.
    Ended,
    /// It has to wait.
    Waits(Wait),
    /// It goes on in one of these ways.
    Goes(Vec<Offer>),
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// How.
    pub how: How,
    /// What kind of operation it is.
    pub kind: op::Kind,
    /// The step that it makes; none where that is not told apart.
    pub step: Option<Step>,
}

/// How an execution ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Came {
    /// In an outcome of the table that is not forbidden.
    Allowed {
        /// Its name.
        id: String,
        /// Whether it is what was wanted, or only allowed.
        grade: Grade,
        /// What it means.
        reason: String,
    },
    /// It fails, as the steps so far say.
    Fails,
}

/// What one run of some moves has left.
pub(super) struct Run {
    pub(super) seen: Seen,
    pub(super) record: Record,
}

/// Where the words of an execution lie that is shown of this program.
pub fn places(scenario: &Scenario, shown: &Failure) -> Places {
    let memories = [&shown.initial].into_iter().chain(shown.steps.iter().map(|step| &step.memory));
    let words = memories.flatten().map(|word| word.0.as_str());
    let fields = shown.steps.iter().map(|step| step.field.as_str());
    Places::new(&scenario.layouts(), words.chain(fields))
}

impl<'a> Hand<'a> {
    /// A program under this model.
    pub fn new(scenario: &'a Scenario, model: Model) -> Hand<'a> {
        // One execution tells what the program needs.
        let limits = Limits { executions: 1, ..limits(&Budget::default()) };
        let one = || {
            let policy = Replay::new(Vec::new());
            Exploration::new(policy, scenario.outcomes(), limits).run(scenario.under("shuttle"))
        };
        let conditions = context::within(watching(Allow::ALL), || {
            counted(one);
            Conditions::of(Allow { yields: 0, ..Allow::ALL })
        });
        Hand { scenario, model, conditions }
    }

    /// The same, with what a token says that its execution needs; none where it says nothing known.
    pub fn with(self, conditions: &str) -> Option<Hand<'a>> {
        if conditions.is_empty() {
            return Some(self);
        }
        let conditions = show::of_conditions(conditions)??.read::<Conditions>()?;
        Some(Hand { conditions: conditions.with_whims(true), ..self })
    }

    /// What its executions need, as a token has it: nothing, or `+` and letters.
    pub fn conditions(&self) -> String {
        // What happens without a reason stands in the moves.
        self.conditions.clone().with_whims(false).text()
    }

    /// The model.
    pub fn model(&self) -> Model {
        self.model
    }

    /// The program.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// Where these moves lead.
    ///
    /// # Errors
    /// The number of the first move, from 0, that is not possible.
    pub fn position(&self, moves: &[Move]) -> Result<Position, usize> {
        let run = self.run(moves);
        if let Some(at) = run.seen.astray {
            return Err(at);
        }
        if run.seen.performed < moves.len() {
            return Err(run.seen.performed);
        }
        let done = run.record.events.len();
        let names = Names::new(&run.record);
        let actors = self.scenario.actors();
        let (so_far, came) = self.so_far(&run, &names);
        let threads = 1..run.seen.threads;
        let next = |thread: usize| {
            let next = self.next(moves, &run.seen, done, thread, &names);
            (name(&actors, thread), if came.is_some() { Next::Ended } else { next })
        };
        let threads: Vec<(String, Next)> = threads.map(next).collect();
        let buffers = run.seen.buffers.iter().skip(1).take(threads.len());
        let word = |(object, value): &(op::Object, u64)| {
            (names.object(*object).unwrap_or_default(), names.value_of(*object, *value))
        };
        let buffers = buffers.map(|stores| stores.iter().map(word).collect()).collect();
        let places = places(self.scenario, &so_far);
        Ok(Position { so_far, threads, buffers, came, places })
    }

    pub(super) fn run(&self, moves: &[Move]) -> Run {
        self.steered(moves, None)
    }

    /// Goes on by chance where these moves come to their end: how that ended, and all moves.
    pub(super) fn by_chance(&self, moves: &[Move], seed: u64) -> (Ended, Vec<Move>) {
        let seen = self.steered(moves, Some(seed)).seen;
        (seen.ended.unwrap_or(Ended::Truncated), seen.moves)
    }

    fn steered(&self, moves: &[Move], seed: Option<u64>) -> Run {
        match self.model {
            Model::Sc => self.steer(Interleaving::new(moves), seed),
            Model::X86 => self.steer(OnX86::new(moves), seed),
            Model::C11 => self.steer(ByHand::new(moves, self.scenario.outcomes()), seed),
        }
    }

    fn steer<P: Steers>(&self, policy: P, seed: Option<u64>) -> Run {
        let limits = Limits { executions: 1, steps: STEPS, ..limits(&Budget::default()) };
        let policy = match seed {
            Some(seed) => policy.by_chance(seed),
            None => policy,
        };
        let watching = if seed.is_some() { CLOCKS } else { RECORD | CLOCKS };
        let set = |settings: &mut Settings| {
            self.conditions.put(settings);
            settings.watching = watching;
        };
        let run = || {
            let table = self.scenario.outcomes();
            Exploration::new(policy, table, limits).run(self.scenario.under("shuttle"))
        };
        let found = sighted::within(self.scenario, || context::within(set, run));
        let mut record = record::take();
        record.begun = None;
        Run { seen: found.policy.seen(), record }
    }

    /// The steps so far, and how it ended.
    fn so_far(&self, run: &Run, names: &Names) -> (Failure, Option<Came>) {
        let ended = run.seen.ended.clone().unwrap_or(Ended::Redundant);
        let kind = ended.failure(self.scenario.outcomes());
        let said = run.seen.said.clone();
        let shown = kind.unwrap_or(Kind::Forbidden);
        let how = (ended.clone(), said);
        let shown = show::ended(self.scenario, &run.record, names, how, shown);
        let came = match (kind, &ended) {
            (Some(_), _) => Some(Came::Fails),
            (None, Ended::Finished { outcome, .. }) => {
                let meaning = self.scenario.outcomes().get(outcome.0 as usize);
                meaning.map(|meaning| Came::Allowed {
                    id: meaning.id.to_string(),
                    grade: meaning.grade,
                    reason: meaning.reason.to_string(),
                })
            }
            _ => None,
        };
        (shown, came)
    }

    fn next(&self, moves: &[Move], seen: &Seen, done: usize, thread: usize, names: &Names) -> Next {
        let is = |set: u16| set >> thread & 1 == 1;
        let op = seen.pending.get(thread).copied().unwrap_or_default();
        let mut offers = Vec::new();
        let mut offer = |how| {
            let step = Move { thread: thread as u8, how };
            let run = self.run(&[moves, &[step]].concat());
            let steps = steps::steps(self.scenario, &run.record).0;
            offers.push(Offer { how, kind: op.kind, step: steps.into_iter().nth(done) });
            run.seen.offered
        };
        if is(seen.alive) {
            if is(seen.able) {
                let offered = offer(How::Step);
                for older in 1..offered.min(255) {
                    offer(How::Older(older as u8));
                }
            }
            if is(seen.whims) {
                offer(How::Whim);
            }
        }
        for which in 0..seen.drains.get(thread).copied().unwrap_or(0) {
            offers.push(Offer { how: How::Drain(which as u8), kind: op.kind, step: None });
        }
        if !offers.is_empty() {
            return Next::Goes(offers);
        }
        let waits = seen.blocked.iter().find(|blocked| blocked.thread == thread);
        match waits.filter(|_| is(seen.alive)) {
            Some(blocked) => {
                let waits = show::waits(names, &self.scenario.actors(), &[*blocked]);
                waits.into_iter().next().map_or(Next::Ended, Next::Waits)
            }
            None => Next::Ended,
        }
    }
}
