//! An exploration by one worker, and by several once it takes long.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::crew::Crew;
use super::policy::Reduced;
use crate::explore::shuttle::driver::{Exploration, Limits, Stop};
use crate::race::{Meaning, UnderChecker};
use crate::rt::context;

/// For so long one worker is enough.
const PATIENCE: Duration = Duration::from_millis(200);
/// More workers than this wait for each other.
const MOST: usize = 8;

/// How many work together, and how long one is patient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Team {
    pub(super) workers: usize,
    pub(super) patience: Duration,
}

/// Explores all of `race`, on as many processors as there are. `prepare` is called first on
/// each further thread.
pub(crate) fn explore(
    table: &'static [Meaning],
    limits: Limits,
    race: &'static dyn UnderChecker,
    prepare: impl Fn() + Sync,
) -> Exploration<Reduced> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    together(Team { workers, patience: PATIENCE }, table, limits, race, prepare)
}

pub(super) fn together(
    team: Team,
    table: &'static [Meaning],
    limits: Limits,
    race: &'static dyn UnderChecker,
    prepare: impl Fn() + Sync,
) -> Exploration<Reduced> {
    // A choice that is to be tried both ways belongs to one worker.
    let both = context::with(|context| context.allow.get());
    let both = both.failures || both.wakeups;
    let alone = both || team.workers < 2 || team.patience >= limits.time;
    let time = if alone { limits.time } else { team.patience };
    let mine = Exploration::new(Reduced::new(table), table, Limits { time, ..limits });
    let mine = mine.run(race);
    if alone || mine.stop != Some(Stop::Time) {
        return mine;
    }
    let crew = Arc::new(Crew::new(team.workers, mine.tally.executions, limits));
    let left = limits.time.saturating_sub(mine.tally.elapsed());
    let resumed = mine.resume(limits);
    let (mut mine, theirs) = thread::scope(|scope| {
        let help = || {
            let _leaving = Leaving(&crew);
            prepare();
            let helper = Reduced::helper(table, crew.clone());
            Exploration::new(helper, table, Limits { time: left, ..limits }).run(race)
        };
        let helpers: Vec<_> = (1..team.workers).map(|_| scope.spawn(help)).collect();
        let leaving = Leaving(&crew);
        let mut mine = resumed;
        mine.policy.share(crew.clone());
        let mine = mine.run(race);
        drop(leaving);
        let ended = helpers.into_iter().map(|helper| helper.join());
        let theirs = ended.map(|ended| ended.unwrap_or_else(|panic| resume_unwind(panic)));
        (mine, theirs.collect::<Vec<_>>())
    });
    let mut stops = vec![mine.stop];
    for worker in theirs {
        stops.push(worker.stop);
        mine.does = mine.does.or(worker.does);
        mine.held_up |= worker.held_up;
        mine.late |= worker.late;
        mine.wants = mine.wants.and(worker.wants);
        mine.counts |= worker.counts;
        mine.tally.merge(worker.tally);
        mine.policy.merge(worker.policy);
    }
    // What one of them saw of the program itself holds for all, however far they came.
    let told = |stop: &&Stop| matches!(stop, Stop::Counts | Stop::HeldUp);
    let told = stops.iter().flatten().find(told).copied();
    let cut = stops.into_iter().flatten().find(|stop| *stop != Stop::Exhausted);
    mine.stop = match crew.exhausted() {
        _ if told.is_some() => told,
        true => Some(Stop::Exhausted),
        false if limits.first && mine.tally.failing > 0 => Some(Stop::FirstFailure),
        false => cut.or(Some(Stop::Executions)),
    };
    mine
}

/// Whoever ends, for whatever reason, leaves nobody waiting.
struct Leaving<'a>(&'a Crew);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}
