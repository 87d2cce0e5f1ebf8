//! How soon a race fails on this machine, and how steady the cost of sharing a line is: figures to
//! quote, not a test.
//!
//! `cargo bench --bench native -- [RUNS]`, 100 unless told; under `taskset -c 0` for one CPU.

mod costs;
mod races;

use racelab::explore::native::clock::Clock;
use racelab::explore::native::cpu;
use racelab::explore::native::driver::Settings;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

fn main() {
    let argument = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let (runs, cpus) = (argument.unwrap_or(100), cpu::allowed());
    println!("CPUs {cpus:?}, steady counter: {}", Clock::get().is_counter());
    let plain = Settings { budget: Duration::from_millis(500), ..Settings::default() };
    let amplified = Settings { amplified: true, ..plain.clone() };
    races::measure(runs, &plain);
    races::measure(runs, &amplified);
    println!("\nCounters of two threads, quiet");
    costs::measure(runs, cpus);
    println!("\nCounters of two threads, beside a busy loop");
    beside_a_busy_loop(|| costs::measure(runs, cpus));
    if cpus.len() > 1 {
        let cpus = cpus[..1].to_vec();
        println!("\nOn CPU {} alone", cpus[0]);
        races::measure(runs / 5, &Settings { cpus: cpus.clone(), ..plain });
        races::measure(runs, &Settings { cpus: cpus.clone(), ..amplified });
        costs::measure(runs, &cpus);
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

/// The median, the 99th percentile and the maximum.
fn summary(mut samples: Vec<f64>) -> String {
    samples.sort_by(f64::total_cmp);
    let at = |share: f64| match samples.len() {
        0 => "-".to_owned(),
        count => format!("{:.2}", samples[((count - 1) as f64 * share).round() as usize]),
    };
    format!("p50 {} p99 {} max {}", at(0.5), at(0.99), at(1.0))
}
