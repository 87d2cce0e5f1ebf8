//! An exploration by one worker, and by several once it takes long.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::driver::{Exploration, Limits, ShuttleStop, Sights};
use super::policy::Policy;
use super::pool::Pool;
use crate::race::UnderChecker;

/// After so long the work of one is shared.
const SHARE_AFTER: Duration = Duration::from_millis(200);
/// More workers than this wait for each other.
const MOST: usize = 8;

/// How many work together, and after what time the first shares its work.
#[derive(Clone, Copy, Debug)]
pub(in crate::explore) struct Team {
    pub(in crate::explore) workers: usize,
    pub(in crate::explore) share_after: Duration,
}

impl Team {
    /// As many as there are processors.
    pub(in crate::explore) fn here() -> Team {
        let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
        Team { workers, share_after: SHARE_AFTER }
    }

    /// One that never shares.
    pub(in crate::explore) fn alone() -> Team {
        Team { workers: 1, share_after: Duration::ZERO }
    }
}

/// A search whose work can be shared.
pub(in crate::explore) trait Shares: Policy + Sized + 'static {
    /// What one worker gives to another.
    type Job: Send;
    /// What a worker has seen in the end.
    type Seen: Send;
    /// Goes on, with others, where a limit of time stopped it: its next execution is chosen.
    fn share(&mut self, pool: Arc<Pool<Self::Job>>);
    /// What it has seen.
    fn seen(self) -> Self::Seen;
    /// Adds what another worker saw.
    fn add(&mut self, seen: Self::Seen);
}

/// Explores all of `race`. Each worker's search is made by `new`, those of further workers with the
/// pool that they take jobs from; `prepare` is called first on each further thread.
pub(in crate::explore) fn together<P: Shares>(
    team: Team,
    limits: Limits,
    race: &'static dyn UnderChecker,
    new: impl Fn(Option<Arc<Pool<P::Job>>>, Limits) -> Exploration<P> + Sync,
    prepare: impl Fn() + Sync,
) -> Exploration<P> {
    let alone = team.workers < 2 || team.share_after >= limits.time;
    let time = if alone { limits.time } else { team.share_after };
    let mine = new(None, Limits { time, ..limits }).run(race);
    if alone || mine.stop != Some(ShuttleStop::Time) {
        return mine;
    }
    let pool = Arc::new(Pool::new(team.workers, mine.tally.executions, limits));
    let left = limits.time.saturating_sub(mine.tally.elapsed());
    let resumed = mine.resume(limits);
    let (mut mine, theirs) = thread::scope(|scope| {
        let help = || {
            let _leaving = Leaving(&pool);
            prepare();
            let helper = new(Some(pool.clone()), Limits { time: left, ..limits });
            let (policy, sights) = helper.run(race).parts();
            (policy.seen(), sights)
        };
        let helpers: Vec<_> = (1..team.workers).map(|_| scope.spawn(help)).collect();
        let leaving = Leaving(&pool);
        let mut mine = resumed;
        mine.policy.share(pool.clone());
        let mine = mine.run(race);
        drop(leaving);
        let ended = helpers.into_iter().map(|helper| helper.join());
        let theirs = ended.map(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic)));
        (mine, theirs.collect::<Vec<(P::Seen, Sights)>>())
    });
    let mut stops = vec![mine.stop];
    for (seen, sights) in theirs {
        stops.push(sights.stop);
        mine.add(sights);
        mine.policy.add(seen);
    }
    // What one of them saw of the program itself holds for all, however far they came.
    let told = |stop: &&ShuttleStop| matches!(stop, ShuttleStop::Counts | ShuttleStop::HeldUp);
    let told = stops.iter().flatten().find(told).copied();
    let cut = stops.into_iter().flatten().find(|stop| *stop != ShuttleStop::Exhausted);
    mine.stop = match pool.exhausted() {
        _ if told.is_some() => told,
        true => Some(ShuttleStop::Exhausted),
        false if limits.first && mine.tally.failing > 0 => Some(ShuttleStop::FirstFailure),
        false => cut.or(Some(ShuttleStop::Executions)),
    };
    mine
}

/// Wakes the waiting workers when one ends, by a panic too.
struct Leaving<'a, J>(&'a Pool<J>);

impl<J> Drop for Leaving<'_, J> {
    fn drop(&mut self) {
        self.0.leave();
    }
}
