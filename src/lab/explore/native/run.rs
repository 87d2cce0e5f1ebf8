//! Runs a race on real threads, iteration after iteration, each as close to a collision as possible.

use super::batch::{Batch, MAX_ACTORS};
use super::clock::Clock;
use super::disturb;
use super::leader::{Findings, Leader};
use super::notes;
use super::pace::{Pace, Starter};
use super::random::Random;
use super::report::NativeReport;
pub use super::settings::Settings;
use super::workers::{self, Placement, Worker};
use crate::explore::panics;
use crate::race::OnThreads;
use crate::rt::amplified;
use crate::rt::unpoisoned::Unpoisoned;
use std::sync::RwLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

/// Runs a race, and counts its outcomes.
///
/// Actors that panic are caught and counted; one that never returns is for the caller to deal with.
///
/// # Panics
/// When the race has no actor or more than four, or is for the checkers only; when there is no CPU
/// to run on; and when making the memory or judging the outcome panics.
pub fn run(race: &dyn OnThreads, settings: &Settings) -> NativeReport {
    assert!(race.terms().checkers_only.is_none(), "this race is for the checkers only");
    let (batch, actors) = (&Batch::new(race), race.actors().len());
    assert!((1..=MAX_ACTORS).contains(&actors), "a race has one to four actors, not {actors}");
    assert!(!settings.cpus.is_empty(), "a race needs a CPU");
    let placement = &Placement::new(actors, &settings.cpus);
    // What is done once a process is done before the time starts to count.
    let clock = Clock::get();
    panics::quiet(false);
    let started = Instant::now();
    let shared = SharedRun::new(clock, settings.seed);
    let work = || {
        workers::run(placement, |worker| {
            let leads = worker.number == 0;
            let leader = leads.then(|| Leader::new(batch, settings, placement.alone, started));
            shared.play(batch, &worker, leader)
        })
    };
    let ends = if placement.alone || settings.amplified {
        work()
    } else {
        disturb::disturb(&placement.cpus, settings.seed, work)
    };
    let elapsed = started.elapsed();
    let pinned = ends.iter().all(|end| end.pinned);
    let findings = ends.into_iter().find_map(|end| end.findings);
    let findings = findings.expect("thread 0 leads");
    NativeReport {
        iterations: findings.counted.iterations,
        counts: findings.counted.counts,
        failing: findings.counted.failing,
        first_failure: findings.first_failure,
        panics: findings.counted.panics,
        panic: findings.counted.panic,
        elapsed,
        notes: notes::of_run(placement, pinned, settings.amplified, &clock),
        cpus: placement.cpus.clone(),
        pinned,
        parallel: placement.alone,
        amplified: settings.amplified,
        seed: settings.seed,
    }
}

/// What the threads of a run share.
struct SharedRun {
    clock: Clock,
    seed: u64,
    /// How the batch is run; `None` when the run is over. Written while all wait at the barrier.
    pace: RwLock<Option<Pace>>,
    /// How many iterations of the batch took the slowest thread too long.
    slow: AtomicUsize,
}

/// What a thread ends with.
struct End {
    pinned: bool,
    findings: Option<Findings>,
}

impl SharedRun {
    fn new(clock: Clock, seed: u64) -> SharedRun {
        SharedRun { clock, seed, pace: RwLock::new(None), slow: AtomicUsize::new(0) }
    }

    fn set(&self, change: impl FnOnce(&mut Option<Pace>)) {
        change(&mut self.pace.write().unpoisoned());
    }

    fn play(&self, batch: &Batch<'_>, worker: &Worker, mut leader: Option<Leader>) -> End {
        let mut random = Random::new(self.seed, worker.number);
        amplified::seed(random.below(u64::MAX));
        loop {
            if let Some(leader) = &mut leader {
                self.slow.store(0, Relaxed);
                let pace = leader.prepare();
                self.set(|next| *next = pace);
            }
            let begin =
                || self.set(|pace| pace.iter_mut().for_each(|pace| pace.begin(&self.clock)));
            if !worker.meet_then(begin) {
                break;
            }
            let Some(pace) = *self.pace.read().unpoisoned() else {
                break;
            };
            let mut starter = Starter::new(self.clock, pace, &mut random);
            batch.act(worker.number, &mut starter);
            self.slow.fetch_max(starter.slow, Relaxed);
            if !worker.meet() {
                break;
            }
            if let Some(leader) = &mut leader {
                leader.judge(self.slow.load(Relaxed));
            }
        }
        End { pinned: worker.pinned, findings: leader.map(Leader::finish) }
    }
}
