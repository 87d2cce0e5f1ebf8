//! Executions one after another on the same threads of shuttle: to start and to end an execution
//! of shuttle's own costs as much as a small program does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use shuttle::thread::JoinHandle;

use crate::explore::execution::Job;
use crate::rt::context::{self, Harness};
use crate::rt::unpoisoned::Unpoisoned;

/// After so many executions shuttle begins anew: it remembers every step since it began.
const ROUNDS: usize = 64;

/// Runs `execution` until the driver wants no more of it, or shuttle is to begin anew. What it is
/// called with runs one job a thread, and returns when all have ended.
pub(crate) fn run(execution: impl Fn(&mut dyn FnMut(Vec<Job>))) {
    context::with(|context| context.harness.set(Harness::Working));
    let mut workers = Vec::new();
    let mut rounds = 1;
    execution(&mut |jobs| work(&mut workers, jobs));
    // The thread that asks for another execution runs it.
    while rounds < ROUNDS && !given_up() && another(workers.len()) {
        execution(&mut |jobs| work(&mut workers, jobs));
        rounds += 1;
    }
    if given_up() {
        for (place, (_, thread)) in workers.into_iter().enumerate() {
            match context::with(|context| context.finished[place + 1].get()) {
                true => drop(thread.join()),
                // It never runs again. Without its handle it would be unwound.
                false => std::mem::forget(thread),
            }
        }
        return;
    }
    let unjoined = context::with(|context| {
        (1..context.threads.get()).any(|thread| !context.finished[thread].get())
    });
    if unjoined {
        // They go on: what they do races with what the actors did, or would have.
        context::unmodelled("a thread that nobody joined is judged where the actors' end finds it");
        context::with(|context| context.active.set(true));
    }
    for (_, thread) in workers {
        // It finds no job and ends. An actor's panic was caught; another passes through shuttle.
        let _ = thread.join();
    }
}

/// Whether the execution was given up, and the harness only comes to its end.
fn given_up() -> bool {
    context::with(|context| context.stopping.get())
}

/// Where a thread finds its next job.
type Slot = Arc<Mutex<Option<Job>>>;

fn work(workers: &mut Vec<(Slot, JoinHandle<()>)>, jobs: Vec<Job>) {
    for (place, job) in jobs.into_iter().enumerate() {
        if place == workers.len() {
            let slot = Slot::default();
            let theirs = slot.clone();
            workers.push((slot, shuttle::thread::spawn(move || serve(&theirs))));
        }
        *workers[place].0.lock().unpoisoned() = Some(job);
    }
    // The harness is thread 0.
    ask(Harness::Waiting(((1 << workers.len()) - 1) << 1));
}

fn serve(slot: &Slot) {
    loop {
        let Some(job) = slot.lock().unpoisoned().take() else { return };
        job();
        point();
    }
}

/// Whether there is another execution for these threads. One that started threads of its own
/// leaves theirs behind.
fn another(actors: usize) -> bool {
    let started = context::with(|context| context.threads.get()) - 1;
    started == actors && {
        ask(Harness::Asking);
        context::with(|context| context.another.get())
    }
}

/// Tells the driver what the harness wants, and goes on when it has that.
fn ask(wanted: Harness) {
    context::with(|context| context.harness.set(wanted));
    point();
    context::with(|context| context.harness.set(Harness::Working));
}

fn point() {
    shuttle::thread::sleep(Duration::ZERO);
}
