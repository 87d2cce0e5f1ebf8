//! Exploring a closure, within bounds that the caller or the environment sets.

use std::env;
use std::panic::Location;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use racelab::{Budget, explore_model};

use crate::execution;

/// As `loom::model::Builder`: the bounds of an exploration, from the variables `LOOM_*` at first.
#[derive(Debug)]
#[non_exhaustive]
pub struct Builder {
    /// How many threads loom allows. Not looked at: there are always [`MAX_THREADS`](crate::MAX_THREADS).
    pub max_threads: usize,
    /// `LOOM_MAX_BRANCHES`: how long an execution may be. Here so many operations, 10,000 where it
    /// is not set; a longer one makes the exploration inconclusive.
    pub max_branches: usize,
    /// `LOOM_MAX_PERMUTATIONS`: after so many executions it is enough.
    pub max_permutations: Option<usize>,
    /// `LOOM_MAX_DURATION`, in seconds: after so long it is enough. Without it, an exploration that
    /// has not ended after 10 s fails.
    pub max_duration: Option<Duration>,
    /// `LOOM_MAX_PREEMPTIONS`: where 2,000 executions do not come to the end of everything, the
    /// interleavings within this bound are explored instead, and the report says that they are no
    /// proof. An exploration that was cut is enough with a bound.
    pub preemption_bound: Option<usize>,
    /// `LOOM_CHECKPOINT_FILE`. Not looked at: a failure is shown again by its token.
    pub checkpoint_file: Option<PathBuf>,
    /// `LOOM_CHECKPOINT_INTERVAL`. Not looked at.
    pub checkpoint_interval: usize,
    /// Not looked at: all of an execution is explored.
    pub expect_explicit_explore: bool,
    /// `LOOM_LOCATION`. Not looked at: every step has its line.
    pub location: bool,
    /// `LOOM_LOG`: whether what was found is printed where nothing failed.
    pub log: bool,
}

/// The value of a variable.
///
/// # Panics
/// When it is set and is no such value.
fn variable<T: FromStr>(name: &str) -> Option<T> {
    let text = env::var(name).ok()?;
    let value = text.parse().ok();
    Some(value.unwrap_or_else(|| panic!("invalid value for `{name}`: {text:?}")))
}

impl Builder {
    /// With the bounds that the environment sets.
    ///
    /// # Panics
    /// When a variable is set and is no number.
    pub fn new() -> Builder {
        Builder {
            max_threads: crate::MAX_THREADS,
            max_branches: variable("LOOM_MAX_BRANCHES").unwrap_or(Budget::default().steps),
            max_permutations: variable("LOOM_MAX_PERMUTATIONS"),
            max_duration: variable("LOOM_MAX_DURATION").map(Duration::from_secs),
            preemption_bound: variable("LOOM_MAX_PREEMPTIONS"),
            checkpoint_file: variable("LOOM_CHECKPOINT_FILE"),
            checkpoint_interval: variable("LOOM_CHECKPOINT_INTERVAL").unwrap_or(20_000),
            expect_explicit_explore: false,
            location: env::var("LOOM_LOCATION").is_ok(),
            log: env::var("LOOM_LOG").is_ok(),
        }
    }

    /// Sets the file, which nobody looks at.
    pub fn checkpoint_file(&mut self, file: &str) -> &mut Self {
        self.checkpoint_file = Some(file.into());
        self
    }

    /// Explores a closure.
    ///
    /// # Panics
    /// When something failed, with racelab's report; when the exploration did not come to its end
    /// and no bound was set. A closure in which threads share nothing passes, and that is printed.
    #[track_caller]
    pub fn check<F>(&self, f: F)
    where
        F: Fn() + Sync + Send + 'static,
    {
        let standard = Budget::default();
        let bounded = self.max_duration.is_some()
            || self.max_permutations.is_some()
            || self.preemption_bound.is_some();
        let budget = Budget {
            time: self.max_duration.unwrap_or(standard.time),
            executions: self.max_permutations.map_or(standard.executions, |count| count as u64),
            steps: self.max_branches,
            preemptions: self.preemption_bound,
            ..standard
        };
        let at = Location::caller();
        let checked = explore_model(&budget, move || execution::whole(&f, at));
        match checked.passed() {
            true if self.log => println!("{checked}"),
            true => {}
            // A share of an exploration is no verdict.
            false if bounded && checked.cut() || checked.silent() || checked.is_share() => {
                println!("{checked}");
            }
            false => panic!("not passed\n\n{checked}"),
        }
    }
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

/// Explores a closure, within the bounds that the environment sets.
///
/// # Panics
/// As [`Builder::check`].
#[track_caller]
pub fn model<F>(f: F)
where
    F: Fn() + Sync + Send + 'static,
{
    Builder::new().check(f);
}
