//! A solution against what the exercise specifies: the last that is looked at, when its race has passed.

use std::path::Path;
use std::time::Duration;

use racelab::Scenario;
use racelab::against::{self, Amounts, Limits, Tested};
use racelab::explore::{Engine, Engines, token};
use racelab::trial::{self, DiedIn, Launch};

/// What generated scenarios came to under each engine; where its process died, how.
pub type Specified = Vec<Result<Tested, Box<DiedIn>>>;

/// More than a ring of eight slots takes to fall.
const EXECUTIONS: u64 = 1_000;

/// How large the scenarios are that mark a solution, and how long they are tried: a student waits,
/// and a slow machine must come to what a fast one comes to. So executions end it; time is for what
/// is unusually slow.
pub fn limits() -> Limits {
    Limits {
        time: Duration::from_secs(8),
        each: Duration::from_secs(4),
        executions: EXECUTIONS,
        executions_of_one: EXECUTIONS / 2,
        calls: 4,
        of_a_shape: 40,
        ..Limits::default()
    }
}

/// Tries the scenarios in a program that knows the specified one by this name, a child for each
/// engine at once.
///
/// # Errors
/// When no child can be started.
pub fn in_program(
    program: &Path,
    name: &str,
    memory: u64,
    engines: &[&'static dyn Engine],
) -> anyhow::Result<Specified> {
    let engines: Vec<_> = engines.iter().filter(|engine| engine.exact()).collect();
    let launch = Launch { program: Some(program.to_path_buf()), memory, ..Launch::default() };
    let run =
        |engine: &'static dyn Engine| trial::run_against(name, engine, &limits(), &launch, &|_| {});
    std::thread::scope(|scope| {
        let run = &run;
        let threads = engines.into_iter().map(|engine| scope.spawn(move || run(*engine)));
        let threads: Vec<_> = threads.collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a search panicked")))
        };
        let found: Specified = threads.into_iter().map(join).collect::<anyhow::Result<_>>()?;
        Ok(found.into_iter().filter(judged).collect())
    })
}

/// Gives each failure its token, under this name.
pub fn name_failures(specified: &mut Specified, name: &str) {
    for tested in specified.iter_mut().flatten() {
        let engine = Engines::standard().find(&tested.engine.name);
        if let (Some(engine), Some(failed)) = (engine, tested.failed.as_mut()) {
            let (calls, shown) = (&failed.program, &mut failed.failure);
            shown.token = token::of_calls(name, engine, calls, shown);
        }
    }
}

/// Whether anything is specified under the models of that engine.
fn judged(tested: &Result<Tested, Box<DiedIn>>) -> bool {
    tested.as_ref().map_or(true, |tested| tested.amounts() != Amounts::NotJudged)
}

/// Tries them in this process: for a solution that is known to behave.
pub fn here(scenario: &Scenario, engines: &[&'static dyn Engine], limits: &Limits) -> Specified {
    let exact = engines.iter().filter(|engine| engine.exact());
    let run = |engine: &&'static dyn Engine| Ok(against::run(scenario, *engine, limits, &|_| {}));
    exact.map(run).filter(judged).collect()
}

/// What a solution amounts to by its specification. Where no scenario came to its end in time, that
/// is no more than was known without.
pub fn amounts(specified: &Specified) -> Amounts {
    let one = |tested: &Result<Tested, Box<DiedIn>>| match tested {
        Ok(tested) => tested.amounts(),
        Err(_) => Amounts::Failed,
    };
    let all = || specified.iter().map(one);
    match () {
        () if all().any(|amounts| amounts == Amounts::Failed) => Amounts::Failed,
        () if all().any(|amounts| amounts == Amounts::Undecided) => Amounts::Undecided,
        () => Amounts::Passed,
    }
}
