//! The engine is right: the same ends, in as many graphs, as oracles find that share no code with it,
//! under each memory model; and each sabotage of it is noticed.

mod buffers;
mod by_hand;
mod enumerate;
mod fixed;
mod formula;
mod generate;
mod known;
mod program;
mod random;
mod sabotage;

use std::rc::Rc;
use std::time::Duration;

use super::policy::Graphs;
use super::readers::Apart;
use crate::explore::shuttle::driver::{Exploration, Limits, ShuttleStop};
use crate::explore::shuttle::policy::{Choice, Moment, Policy};
use crate::explore::tally::{Blocked, Ended};
use crate::report::Kind;
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::rt::values::Values;
use program::{Counts, Do, Program};

/// Programs are left out that have more parts of graphs than this.
const PARTS: usize = 40_000;

/// No program that is small enough has as many graphs as this.
const EXECUTIONS: u64 = 5_000;

/// What one exploration of a program saw.
#[derive(Debug)]
struct Seen {
    /// By model, the strictest first.
    ends: [Counts; 3],
    raced: bool,
    /// Somebody waits for good.
    stuck: bool,
    /// Graphs that came up more than once.
    twice: usize,
    /// Why it is not complete.
    cut: Option<String>,
}

/// The search, and how its executions ended.
struct Watched {
    graphs: Graphs,
    raced: bool,
    stuck: bool,
}

impl Policy for Watched {
    fn begin(&mut self) -> bool {
        self.graphs.begin()
    }
    fn decides(&self) -> Option<Rc<dyn Values>> {
        self.graphs.decides()
    }
    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        self.graphs.stops(blocked)
    }
    fn amounts(&mut self, ended: Ended) -> Ended {
        self.graphs.amounts(ended)
    }
    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        self.graphs.choose(moment)
    }
    fn end(&mut self, ended: &Ended) {
        let failure = ended.failure(&program::OUTCOMES);
        self.raced |= failure == Some(Kind::DataRace);
        self.stuck |= matches!(failure, Some(Kind::Livelock | Kind::Deadlock));
        self.graphs.end(ended);
    }
}

fn explore(program: &Program) -> Seen {
    let race = program::set(program);
    let time = Duration::from_secs(20);
    let limits = Limits { executions: EXECUTIONS, time, steps: 1_000, first: false, free: false };
    let set = |settings: &mut context::Settings| {
        settings.watching = context::CLOCKS;
        settings.allow = Allow::default();
    };
    let mut apart = Apart::default();
    let found = loop {
        let graphs = Graphs::all(&program::OUTCOMES).with(&apart);
        let policy = Watched { graphs, raced: false, stuck: false };
        let search = Exploration::new(policy, &program::OUTCOMES, limits);
        let found = context::within(set, || search.run(race));
        match found.policy.graphs.anew() {
            Some(anew) => apart = anew.clone(),
            None => break found,
        }
    };
    let policy = found.policy;
    let cut = if let Some(fault) = policy.graphs.fault() {
        Some(format!("{fault:?}"))
    } else if found.stop != Some(ShuttleStop::Exhausted) {
        Some(format!("{:?}", found.stop))
    } else if found.tally.truncated > 0 || policy.graphs.left() > 0 {
        Some("an execution was broken off".to_string())
    } else {
        found.tally.unmodelled.map(str::to_string)
    };
    let graphs = &policy.graphs.found;
    Seen {
        ends: std::array::from_fn(|model| program::named(&graphs.shown[model].outcomes)),
        raced: policy.raced,
        stuck: policy.stuck,
        twice: policy.graphs.twice(),
        cut,
    }
}

/// What the oracles say of a program.
#[derive(Debug)]
struct Truth {
    /// By model, the strictest first.
    ends: [Counts; 3],
    raced: bool,
    stuck: bool,
}

impl Truth {
    /// None where the program is too large for them.
    fn of(program: &Program) -> Option<Truth> {
        let found = enumerate::every_graph(program, PARTS)?;
        if found.ends.len() > program::ENDS {
            return None;
        }
        let ((sc, stuck), (x86, _)) =
            (buffers::machine(program, false), buffers::machine(program, true));
        let ends = [sc, x86, found.ends];
        // A writer that waits for one mutex of many holds up the others' readers, which is no
        // deadlock of the lock.
        let readers = program.iter().flatten().any(|step| *step == Do::ReadLock);
        let stuck = if readers { stuck } else { found.stuck };
        Some(Truth { ends, raced: found.raced, stuck })
    }

    /// What an exploration has wrong.
    fn against(&self, seen: &Seen) -> Option<String> {
        if let Some(why) = &seen.cut {
            return Some(format!("cut: {why}"));
        }
        if seen.raced != self.raced {
            return Some(format!("races: {} and not {}", seen.raced, self.raced));
        }
        // A race ends its execution: nothing else is counted then.
        if seen.raced {
            return None;
        }
        for (model, (seen, truth)) in
            ["SC", "x86", "C11"].iter().zip(seen.ends.iter().zip(&self.ends))
        {
            if seen != truth {
                let more = |a: &Counts, b: &Counts| {
                    let other = |pair: &(&_, &_)| b.get(pair.0) != Some(pair.1);
                    format!("{:?}", a.iter().filter(other).collect::<Vec<_>>())
                };
                let (ours, theirs) = (more(seen, truth), more(truth, seen));
                return Some(format!("{model}: engine {ours}, oracle {theirs}"));
            }
        }
        if seen.stuck != self.stuck {
            return Some(format!("waits for good: {} and not {}", seen.stuck, self.stuck));
        }
        (seen.twice > 0).then(|| format!("{} graphs twice", seen.twice))
    }

    fn graphs(&self, model: usize) -> u64 {
        self.ends[model].values().sum()
    }
}

/// Explores a program, which must be as the oracles say.
#[track_caller]
fn same(program: &Program) -> Truth {
    let truth = Truth::of(program).expect("small enough for the oracles");
    let seen = explore(program);
    if let Some(wrong) = truth.against(&seen) {
        panic!("{wrong}\n{program:?}");
    }
    truth
}
