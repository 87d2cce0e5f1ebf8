//! One execution: fresh memory, every actor on a thread of its own, and the judge at the end.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

use crate::race::{self, Play, Saw, UnderChecker};
use crate::rt::context::{self, RECORD, SURVEY};
use crate::rt::unpoisoned::Unpoisoned;
use crate::rt::{clocks, local, record, survey, thread, unwinding, values};

use super::panics;

/// The work of one actor.
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// Runs one execution of `race` inside a checker. `threads` starts a thread for each job and
/// returns when all have ended, or when the execution is given up, if it returns then at all.
pub(crate) fn execute(race: &'static dyn UnderChecker, threads: &mut dyn FnMut(Vec<Job>)) {
    let actors = race::actors(race);
    let watching = begin();
    context::with(|context| {
        context.calls.borrow_mut().specification = race.terms().specification;
    });
    let play: Arc<dyn Play> = race.begin().into();
    let leaves = || {
        let mut leaves = Vec::new();
        play.leaves(&mut leaves);
        leaves
    };
    if watching & RECORD != 0 {
        record::begin(leaves());
    }
    if watching & SURVEY != 0 {
        survey::begins_with(leaves);
    }
    if context::with(|context| context.weakening.get()) {
        for leaf in leaves() {
            if let Some(note) = leaf.lock {
                // Safety: the memory was made just now, and nobody else has it.
                unsafe { note(leaf.address) };
            }
        }
    }
    let saws = Arc::new(Mutex::new(vec![Saw::default(); actors]));
    let jobs = (0..actors).map(|index| {
        let (play, saws) = (play.clone(), saws.clone());
        let job: Job = Box::new(move || {
            let saw = act(index + 1, || {
                let mut saw = Saw::default();
                let ended = catch_unwind(AssertUnwindSafe(|| play.act(index, &mut saw)));
                (saw, ended)
            });
            local::end();
            saws.lock().unpoisoned()[index] = saw;
            // The memory is dropped by the harness, after the judge has seen it.
            drop(play);
            thread::end(index + 1);
        });
        job
    });
    let jobs = jobs.collect();
    context::with(|context| {
        context.threads.set(actors + 1);
        context.active.set(true);
    });
    threads(jobs);
    if context::with(|context| context.stopping.get()) {
        return context::with(|context| {
            context.active.set(false);
            context.current.set(0);
        });
    }
    if let Some(values) = values::deciding() {
        values.over();
    }
    context::with(|context| {
        context.active.set(false);
        context.current.set(0);
    });
    clocks::joined(actors);
    if watching & SURVEY != 0 {
        survey::all_ended();
    }
    let saws = saws.lock().unpoisoned().clone();
    let outcome = play.outcome(&saws);
    if let Some(saw) = saws.iter().position(Saw::panicked).filter(|_| !race.terms().panics) {
        context::with(|context| context.panicked.set(Some(saw)));
    }
    context::with(|context| context.outcome.set(Some(outcome)));
}

/// Everything about the last execution is forgotten; what watches this one.
fn begin() -> u8 {
    unwinding::forget();
    let _ = panics::take();
    context::with(|context| {
        context.begin();
        context.watching.get()
    })
}

/// Runs an actor's body and says how it ended; passes on the panics that are not its own.
fn act(thread: usize, body: impl FnOnce() -> (Saw, std::thread::Result<()>)) -> Saw {
    context::with(|context| context.current.set(thread));
    let (mut saw, ended) = body();
    if let Err(payload) = ended {
        // Where threads are switched meanwhile, who unwinds when an execution is given up comes to
        // its end as any other.
        let stopping = context::with(|context| context.stopping.get());
        if stopping && !unwinding::switches() || panics::from_engine() {
            resume_unwind(payload);
        }
        saw.mark_panicked();
    }
    unwinding::ends(thread);
    saw
}
