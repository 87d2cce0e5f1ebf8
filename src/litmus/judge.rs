//! What each memory model allows a program to end in, with an execution of each, and what came here.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use racelab::Scenario;
use racelab::explore::{Budget, GRAPHS, NATIVE, search, token};
use racelab::report::{End, Failure, Kind, Model, OutcomeCount, Report};

use super::axioms::{self, Cycles};
use super::print;
use super::program::{Program, Quantifier, State};
use super::race::{ENDS, Looks, Noted, locked, scenario};

/// So many real threads race at most.
const ON_THREADS: usize = 4;

/// How far a program is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time of one exploration. There is one of the whole, and one for each end while together
    /// they have taken no longer.
    pub time: Duration,
    /// How long real threads run it; not at all where there is none, or it has more than four.
    pub machine: Option<Duration>,
    /// Whether an execution is wanted of each end.
    pub executions: bool,
}

/// An end of a program.
#[derive(Clone, Debug)]
pub struct Row {
    /// The values of what is observed.
    pub state: State,
    /// Whether the question is of it.
    pub asked: bool,
    /// In how many execution graphs it comes about, by model, the strictest first.
    pub graphs: [u64; 3],
    /// C11 allows it beyond the engine: by the rule on load buffering alone.
    pub by_rule: bool,
    /// The simplest execution of the strictest model that shows it, where that was wanted.
    pub shown: Option<Shown>,
    /// How often it came up here.
    pub machine: Option<u64>,
}

/// An execution that ends so.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its steps, with the lines of the program.
    pub execution: Failure,
    /// The number of the statement that each step is of.
    pub labels: Vec<Option<usize>>,
    /// Shows it again, where the program is one of the gallery.
    pub token: Option<String>,
}

/// What the rule on load buffering has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It looked at all candidates.
    Applied,
    /// There are too many candidates for it.
    TooMany,
}

/// What a question comes to under a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds, or such an end is allowed.
    Yes,
    /// It does not.
    No,
    /// It does, or does not, by the rule on load buffering: the engine alone would say the opposite.
    ByRule(bool),
    /// A data race on plain memory: C11 says nothing of such a program.
    Undefined,
    /// The exploration did not come to its end.
    Open,
}

/// What there is to tell of a program.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Which program.
    pub program: Arc<Program>,
    /// Its ends, in their order.
    pub rows: Vec<Row>,
    /// What the engine reported of it.
    pub report: Report,
    /// An execution with a data race on plain memory.
    pub raced: Option<Failure>,
    /// What the rule came to.
    pub rule: Rule,
    /// Plain memory races where loads are buffered, by the rule alone.
    pub races_by_rule: bool,
    /// How often real threads ran it.
    pub runs: Option<u64>,
}

/// The name that tokens have of a program of the gallery.
pub fn in_tokens(name: &str) -> String {
    format!("litmus/{name}")
}

/// The program as whoever shows an execution of it asks for it, until the process ends.
pub fn to_show(program: &Arc<Program>) -> &'static Scenario {
    Box::leak(Box::new(scenario(program, Looks::At(Arc::default()))))
}

/// Explores a program, applies the rule, and runs it here.
pub fn judge(program: &Program, limits: &Limits, in_gallery: bool) -> Judged {
    let program = Arc::new(program.clone());
    let budget = Budget { time: limits.time, ..Budget::default() };
    let states: Arc<Mutex<Vec<State>>> = Arc::default();
    let each = scenario(&program, Looks::ForAll(states.clone()));
    let report = search::explore(&each, GRAPHS, &budget);
    let raced = report.failure.clone().filter(|failure| failure.kind == Kind::DataRace);
    let raced = raced.map(|failure| {
        let again = again(&program, &failure);
        again.map_or(failure, |again| again.execution)
    });
    let few = program.threads.len() <= ON_THREADS;
    let machine = limits.machine.filter(|_| few).map(|time| {
        let budget = Budget { time, ..Budget::default() };
        search::explore(&each, NATIVE, &budget)
    });
    let known = locked(&states).clone();
    let by_rule = axioms::allowed(&program, Cycles::Dependencies);
    let rule = if by_rule.is_some() { Rule::Applied } else { Rule::TooMany };
    let by_rule = by_rule.unwrap_or_default();
    let under = |model: Model| match model {
        Model::C11 => report.outcomes.as_slice(),
        _ => {
            let stricter = report.stricter.iter().find(|stricter| stricter.model == model);
            stricter.map_or(&[][..], |stricter| &stricter.outcomes)
        }
    };
    let by_model = Model::ALL.map(under);
    let count = |rows: &[OutcomeCount], at: usize| rows.get(at).map_or(0, |row| row.count);
    let row = |(at, state): (usize, &State)| Row {
        asked: program.asked(state),
        state: state.clone(),
        graphs: by_model.map(|rows| count(rows, at)),
        by_rule: false,
        shown: None,
        machine: machine.as_ref().map(|machine| count(&machine.outcomes, at)),
    };
    let mut rows: Vec<Row> = known.iter().enumerate().map(row).collect();
    for state in by_rule.ends {
        match rows.iter_mut().find(|row| row.state == state) {
            Some(row) => row.by_rule = row.graphs[2] == 0,
            None => rows.push(Row {
                asked: program.asked(&state),
                state,
                graphs: [0; 3],
                by_rule: true,
                shown: None,
                machine: machine.is_some().then_some(0),
            }),
        }
    }
    rows.sort_by(|left, right| left.state.cmp(&right.state));
    if limits.executions && raced.is_none() {
        // Those that are asked for first, and all of them in as much time again.
        let began = Instant::now();
        for asked in [true, false] {
            for row in rows.iter_mut().filter(|row| row.asked == asked && row.graphs[2] > 0) {
                if began.elapsed() < limits.time {
                    row.shown = shown(&program, &row.state, &budget, in_gallery);
                }
            }
        }
    }
    let runs = machine.map(|machine| machine.executions);
    let races_by_rule = by_rule.races && raced.is_none();
    Judged { program, rows, report, raced, rule, races_by_rule, runs }
}

/// The simplest execution of the strictest model that ends so.
fn shown(
    program: &Arc<Program>,
    state: &State,
    budget: &Budget,
    in_gallery: bool,
) -> Option<Shown> {
    let one = scenario(program, Looks::For(state.clone()));
    let report = GRAPHS.explore(&one, budget, false);
    let stricter = report.stricter.iter().find_map(|stricter| stricter.failure.clone());
    let Again { execution, labels, .. } = again(program, &stricter.or(report.failure)?)?;
    let name = in_tokens(&program.name);
    let token = in_gallery.then(|| token::of(&name, GRAPHS, &execution)).flatten();
    Some(Shown { execution, labels, token })
}

/// An execution that was run again.
#[derive(Clone, Debug)]
pub struct Again {
    /// Its steps, each with the line of the program that it is of and what stands there.
    pub execution: Failure,
    /// The number of the statement that each step is of.
    pub labels: Vec<Option<usize>>,
    /// What it ends in; none where it does not come to its end.
    pub end: Option<State>,
}

/// Runs an execution again; none where it is of another program.
pub fn again(program: &Arc<Program>, execution: &Failure) -> Option<Again> {
    let noted: Arc<Mutex<Noted>> = Arc::default();
    let any = scenario(program, Looks::At(noted.clone()));
    let mut again = search::replay(&any, GRAPHS, execution)?;
    let noted = locked(&noted).clone();
    let statements = print::statements(program);
    let mut labels: Vec<_> = noted.labels.iter().map(|labels| labels.iter()).collect();
    let mut each = Vec::new();
    for step in &mut again.steps {
        let thread = again.actors.iter().position(|actor| *actor == step.thread);
        let label = thread.and_then(|at| labels.get_mut(at)?.next()).copied();
        let statement = label.and_then(|label| statements.get(label));
        step.file = String::new();
        (step.line, step.source) =
            statement.map_or((0, String::new()), |line| (line.line, line.text.clone()));
        each.push(label);
    }
    // What it says of its end is in words that the engine has for races.
    again.why = execution.why.clone();
    Some(Again { execution: again, labels: each, end: noted.end })
}

impl Judged {
    /// Whether the engine has seen all.
    pub fn complete(&self) -> bool {
        self.report.end == End::Complete && !self.overflows()
    }

    /// Whether there are more ends than are told apart.
    pub fn overflows(&self) -> bool {
        self.report.outcomes.get(ENDS).is_some_and(|row| row.count > 0)
    }

    /// What the question comes to under a model: the place of that in [`Model::ALL`].
    pub fn answer(&self, model: usize) -> Answer {
        if self.raced.is_some() {
            return Answer::Undefined;
        }
        let seen = |row: &&Row| row.graphs[model] > 0;
        let c11 = Model::ALL[model] == Model::C11;
        if c11 && self.races_by_rule {
            return Answer::Undefined;
        }
        let ruled = |row: &&Row| seen(row) || c11 && row.by_rule;
        let alone = self.holds(self.rows.iter().filter(seen));
        let with = self.holds(self.rows.iter().filter(ruled));
        // What was seen is not taken back by what was not.
        let decided = with == (self.program.question.quantifier == Quantifier::Exists);
        let unruled = c11 && self.rule == Rule::TooMany;
        if (!self.complete() || unruled) && !decided {
            return Answer::Open;
        }
        match (alone == with, with) {
            (false, with) => Answer::ByRule(with),
            (true, true) => Answer::Yes,
            (true, false) => Answer::No,
        }
    }

    fn holds<'a>(&self, mut rows: impl Iterator<Item = &'a Row>) -> bool {
        match self.program.question.quantifier {
            Quantifier::Exists => rows.any(|row| row.asked),
            Quantifier::Never => !rows.any(|row| row.asked),
            Quantifier::Always => rows.all(|row| row.asked),
        }
    }
}
