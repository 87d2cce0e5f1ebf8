//! How soon a race fails on this machine, and how steady the cost of sharing a line is: figures to
//! quote, not a test.
//!
//! `cargo bench --bench native -- [RUNS]`, 100 unless told: a table of the broken versions, then
//! the costs. `-- near-fixes [RUNS]`: a table of the repairs that are none. Under `taskset -c 0`
//! for one CPU alone.

mod costs;
mod races;
mod summary;

use racelab::explore::native::clock::Clock;
use racelab::explore::native::cpu;
use racelab_demos::course::Role;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

fn main() {
    let number = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let near_fixes = std::env::args().any(|argument| argument == "near-fixes");
    let (runs, cpus) = (number.unwrap_or(100), cpu::allowed());
    println!("CPUs {cpus:?}, steady counter: {}", Clock::get().is_counter());
    if near_fixes {
        races::measure(Role::NearFix, runs, runs, cpus);
        return;
    }
    races::measure(Role::Broken, runs, runs, cpus);
    println!("\nCounters of two threads, quiet");
    costs::measure(runs, cpus);
    println!("\nCounters of two threads, beside a busy loop");
    beside_a_busy_loop(|| costs::measure(runs, cpus));
    if let [first, _, ..] = cpus {
        races::measure(Role::Broken, runs, runs / 5, &[*first]);
        println!("\nCounters of two threads, on CPU {first} alone");
        costs::measure(runs, &[*first]);
    }
}

fn beside_a_busy_loop(work: impl FnOnce()) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Relaxed) {
                std::hint::spin_loop()
            }
        });
        work();
        over.store(true, Relaxed);
    });
}
