//! A batch of iterations: fresh memory for each, what every actor saw, and the judge's count.

use super::counts::Counted;
use super::pace::Starter;
use crate::explore::panics;
use crate::race::{Meaning, Memories, OnThreads, Outcome, Saw};
use crate::rt::unpoisoned::Unpoisoned;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, RwLock};

/// How many actors a race may have.
pub(super) const MAX_ACTORS: usize = 4;

/// How many bytes of memory a batch may have, not counting what hangs on it.
const MEMORY_LIMIT: usize = 4 << 20;

/// The iterations of a race.
pub(super) struct Batch<'r> {
    /// Its lock is free whenever it is taken, once a batch: preparing, acting and judging are kept
    /// apart by whoever runs it.
    memories: RwLock<Box<dyn Memories + 'r>>,
    columns: Columns,
    outcomes: &'static [Meaning],
    may_panic: bool,
}

/// What each actor did.
struct Columns(Vec<Mutex<Column>>);

/// What one actor did, iteration by iteration.
#[derive(Default)]
struct Column {
    saws: Vec<Saw>,
    /// What its first panic said.
    panic: Option<String>,
}

impl<'r> Batch<'r> {
    pub(super) fn new(race: &'r dyn OnThreads) -> Batch<'r> {
        let terms = race.terms();
        Batch {
            memories: RwLock::new(race.memories()),
            columns: Columns::of(race.actors().len()),
            outcomes: terms.outcomes,
            may_panic: terms.panics,
        }
    }

    /// How many iterations fit into a batch.
    pub(super) fn most_iterations(&self) -> usize {
        MEMORY_LIMIT / self.memories.read().unpoisoned().size().max(1)
    }

    /// The table of outcomes.
    pub(super) fn outcomes(&self) -> &'static [Meaning] {
        self.outcomes
    }

    /// Makes fresh memory; drops the old.
    pub(super) fn prepare(&self, iterations: usize) {
        self.memories.write().unpoisoned().prepare(iterations);
        self.columns.clear(iterations);
    }

    /// Runs all iterations of one actor.
    pub(super) fn act(&self, actor: usize, starter: &mut Starter) {
        self.memories.read().unpoisoned().act(actor, &mut |iterations, run| {
            self.columns.act(actor, iterations, starter, run);
        });
    }

    /// Counts the outcomes of all iterations.
    pub(super) fn judge(&self, counted: &mut Counted) {
        self.memories.read().unpoisoned().judge(&mut |iterations, outcome| {
            self.columns.judge(iterations, self.may_panic, outcome, counted);
        });
    }
}

impl Columns {
    fn of(actors: usize) -> Columns {
        Columns((0..actors).map(|_| Mutex::default()).collect())
    }

    fn column(&self, actor: usize) -> MutexGuard<'_, Column> {
        self.0[actor].lock().unpoisoned()
    }

    fn clear(&self, iterations: usize) {
        for actor in 0..self.0.len() {
            let saws = &mut self.column(actor).saws;
            saws.clear();
            saws.reserve(iterations);
        }
    }

    /// Runs so many iterations of one actor; `run` is told which.
    fn act(
        &self,
        actor: usize,
        iterations: usize,
        starter: &mut Starter,
        run: &dyn Fn(usize, &mut Saw),
    ) {
        let column = &mut *self.column(actor);
        panics::quiet(true);
        for iteration in 0..iterations {
            let mut saw = Saw::default();
            starter.wait_for(iteration);
            // What a panic leaves half done is there for the judge to see.
            if catch_unwind(AssertUnwindSafe(|| run(iteration, &mut saw))).is_err() {
                saw.mark_panicked();
                if column.panic.is_none() {
                    column.panic = panics::take().map(|panic| panic.message);
                }
            }
            column.saws.push(saw);
        }
        panics::quiet(false);
    }

    /// Counts so many iterations; `outcome` judges each.
    fn judge(
        &self,
        iterations: usize,
        may_panic: bool,
        outcome: &dyn Fn(usize, &[Saw]) -> Outcome,
        counted: &mut Counted,
    ) {
        let columns: Vec<_> = (0..self.0.len()).map(|actor| self.column(actor)).collect();
        let mut row = [Saw::default(); MAX_ACTORS];
        for iteration in 0..iterations {
            for (saw, column) in row.iter_mut().zip(&columns) {
                *saw = column.saws[iteration];
            }
            let saws = &row[..columns.len()];
            counted.count(outcome(iteration, saws), saws, may_panic);
        }
        if counted.panic.is_none() {
            counted.panic = columns.iter().find_map(|column| column.panic.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::native::clock::Clock;
    use crate::explore::native::pace::Pace;
    use crate::explore::native::random::Random;
    use crate::race::{Actor, Race, actor};
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    crate::outcomes! {
        SECOND_SAW_FIRST: Allowed, "the second actor ran after the first";
        OTHERWISE: Forbidden, "it did not";
    }

    const ACTORS: &[Actor<AtomicU64>] = &[
        actor("first", |memory, _| {
            memory.store(1, Relaxed);
            panic!("on purpose");
        }),
        actor("second", |memory, saw| saw.note(memory.load(Relaxed))),
    ];

    fn race(outcome: fn(&AtomicU64, &[Saw]) -> Outcome) -> Race<AtomicU64> {
        Race::new(AtomicU64::default, ACTORS, outcome, OUTCOMES)
    }

    fn play(race: &Race<AtomicU64>) -> Counted {
        let (batch, mut random) = (Batch::new(race), Random::new(0, 0));
        let mut counted = Counted::new(race.terms.outcomes);
        for _ in 0..2 {
            batch.prepare(5);
            for actor in 0..2 {
                let mut starter = Starter::new(Clock::get(), Pace::Running, &mut random);
                batch.act(actor, &mut starter);
            }
            batch.judge(&mut counted);
        }
        counted
    }

    #[test]
    fn every_iteration_has_fresh_memory_and_is_counted_once() {
        let counted = play(&race(|memory, saws| {
            assert_eq!(memory.load(Relaxed), 1);
            if saws[1].get(0) == Some(1) { SECOND_SAW_FIRST } else { OTHERWISE }
        }));
        assert_eq!((counted.iterations, &*counted.counts), (10, &[10, 0][..]));
    }

    #[test]
    fn a_panic_is_the_actors_own() {
        let counted = play(&race(|_, saws| {
            assert_eq!((saws[0].panicked(), saws[1].panicked()), (true, false));
            OTHERWISE
        }));
        assert_eq!(counted.panics, 10);
        assert!(counted.panic.is_some_and(|said| said.starts_with("on purpose (batch.rs:")));
    }
}
