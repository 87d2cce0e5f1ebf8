//! Whether a loop that yields gives up: what the searches take for one that waits may go on although
//! nothing has changed, when it has gone round often enough.
//!
//! The others are held still at each point of one execution, and one thread goes round alone. A loop
//! that waits goes round for ever; one that gives up comes to its end.

use std::time::{Duration, Instant};

use super::Budget;
use super::engine::Engine;
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::policy::{Choice, Moment, Performed, Policy, Threads, members};
use super::shuttle::report::watching;
use crate::report::{End, Report, Stop};
use crate::rt::allow::Allow;
use crate::rt::op::Kind;
use crate::rt::{calls, context};
use crate::scenario::Scenario;

/// So many rounds are waited for.
const ROUNDS: u32 = 1_000;
/// So many points of the others are tried, and for so long.
const POINTS: usize = 48;
const TIME: Duration = Duration::from_millis(400);

/// Looks again at a program that passed although some loop in it may give up: with as many free
/// rounds as that takes. Where that comes to no end, nothing is decided.
pub(crate) fn look(
    scenario: &Scenario,
    engine: &dyn Engine,
    budget: &Budget,
    first: bool,
    report: Report,
) -> Report {
    let held_up =
        |report: &Report| report.unreasonable.as_ref().is_some_and(|again| again.yields.is_some());
    let complete = |report: &Report| report.failure.is_none() && report.end == End::Complete;
    if !complete(&report) || !held_up(&report) {
        return report;
    }
    let Some(rounds) = gives_up(scenario) else { return report };
    let again = context::within(
        |settings| settings.patience = rounds + 1,
        || engine.explore(scenario, budget, first),
    );
    match again.failure.is_some() || complete(&again) && !held_up(&again) {
        true => again,
        false => Report { end: End::Cut(Stop::GivesUp(rounds)), ..report },
    }
}

/// After how many yields a thread goes on although nothing has changed, if one is found that does.
fn gives_up(scenario: &Scenario) -> Option<u32> {
    let began = Instant::now();
    let allow = Allow { yields: ROUNDS, ..Allow::default() };
    let threads = crate::race::actors(scenario.under("shuttle"));
    let limits = Limits {
        executions: 1,
        time: TIME,
        steps: Budget::default().steps,
        first: false,
        free: false,
    };
    let alone = |thread: usize, after: usize, known: &mut Vec<u32>| {
        let policy = Alone {
            thread,
            after,
            known: std::mem::take(known),
            yields: None,
            moved: 0,
            mine: 0,
            rounds: 0,
            calls: 0,
            most: 0,
            gave_up: None,
            begun: false,
        };
        let explore =
            || Exploration::new(policy, scenario.outcomes(), limits).run(scenario.under("shuttle"));
        let seen = context::within(watching(allow), explore).policy;
        *known = seen.known;
        (seen.gave_up, seen.moved)
    };
    let mut most = None;
    for thread in 1..=threads {
        let mut known = Vec::new();
        for after in 0..POINTS {
            if began.elapsed() > TIME {
                return most;
            }
            let (gave_up, moved) = alone(thread, after, &mut known);
            most = most.max(gave_up);
            if moved < after {
                break;
            }
        }
    }
    most
}

/// The others move so often, then one thread alone.
struct Alone {
    thread: usize,
    after: usize,
    /// It began to yield after so many moves of its own, and waited in vain.
    known: Vec<u32>,
    /// It began to yield after so many in this execution.
    yields: Option<u32>,
    /// How often others have moved.
    moved: usize,
    /// How often this one has.
    mine: u32,
    /// How often it has yielded since, in one call of a structure.
    rounds: u32,
    /// The calls that it has answered, and the most yields in any.
    calls: usize,
    most: u32,
    /// After so many it came to its end, while another could have moved.
    gave_up: Option<u32>,
    begun: bool,
}

/// The searches follow so many rounds as it is.
const FOLLOWED: u32 = 2;

impl Policy for Alone {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let others = moment.enabled & !(1 << self.thread) as Threads;
        let mine = moment.enabled >> self.thread & 1 == 1;
        let over = moment.alive >> self.thread & 1 == 0;
        if over && others != 0 && self.gave_up.is_none() {
            self.gave_up = Some(self.most.max(self.rounds)).filter(|rounds| *rounds > FOLLOWED);
        }
        if mine && self.rounds == 0 && moment.pending[self.thread].kind == Kind::Yield {
            if self.known.contains(&self.mine) {
                return None;
            }
            self.yields = Some(self.mine);
        }
        let first = members(others).next().map(Choice::of);
        if mine && (self.moved >= self.after || others == 0) {
            return Some(Choice::of(self.thread));
        }
        // Where it waits for good, this execution has shown all that it will.
        if !over && self.moved >= self.after {
            self.known.extend(self.yields);
            return None;
        }
        self.moved += (!over && first.is_some()) as usize;
        first
    }

    fn performed(&mut self, performed: &Performed) {
        if performed.thread == self.thread {
            self.mine += 1;
            let calls = calls::answered(self.thread);
            if calls != self.calls {
                // What comes in another call is another loop.
                self.most = self.most.max(std::mem::take(&mut self.rounds));
                self.calls = calls;
            }
            self.rounds += (performed.op.kind == Kind::Yield) as u32;
        }
    }
}
