//! How long a store takes to reach another CPU: the price of every shared cache line.

use super::backoff::Backoff;
use super::clock::Clock;
use super::spread::Spread;
use super::workers::{self, Placement, Worker};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering::*};
use std::time::{Duration, Instant};

const REPETITIONS: u64 = 20;
/// Hand-offs there and back in one repetition: some tens of microseconds.
const ROUNDS: u64 = 200;

/// The latency from one CPU to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// One way, in nanoseconds: over the repetitions that came to an end, at most 20.
    pub one_way_ns: Spread,
    /// Between which two CPUs.
    pub cpus: [usize; 2],
    /// Whether the threads were kept there.
    pub pinned: bool,
}

/// The ball of a ping-pong: one word that two threads hand to and fro, alone on its cache lines.
#[derive(Default)]
#[repr(align(128))]
struct Ball(AtomicU64);

impl Ball {
    /// Waits for a value; false when the time is up.
    fn catch(&self, value: u64, mut backoff: Backoff, deadline: Instant) -> bool {
        while self.0.load(Acquire) != value {
            if backoff.look() && Instant::now() >= deadline {
                return false;
            }
        }
        true
    }

    fn throw(&self, value: u64) {
        self.0.store(value, Release);
    }
}

/// Hands one cache line to and fro between two CPUs, and takes the time.
///
/// `None` when both are the same CPU, and when not one repetition ended within the budget. A guest
/// system cannot see where its CPUs really are: one virtual machine gave 10 ns at one time, which
/// no two cores can do, and 64 ns at another.
pub fn measure(cpus: [usize; 2], budget: Duration) -> Option<Latency> {
    if cpus[0] == cpus[1] {
        return None;
    }
    let (clock, ball) = (Clock::get(), Ball::default());
    let deadline = Instant::now() + budget;
    let ends = workers::run(&Placement::new(2, &cpus), |worker| {
        let samples = if worker.number == 0 {
            serve(&ball, &worker, &clock, deadline)
        } else {
            // Only who serves takes the time.
            let odd = (0..REPETITIONS * ROUNDS).map(|round| 2 * round + 1);
            odd.take_while(|&value| ball.catch(value, worker.backoff(), deadline))
                .for_each(|value| ball.throw(value + 1));
            Vec::new()
        };
        (samples, worker.pinned)
    });
    Some(Latency {
        one_way_ns: Spread::of(&ends[0].0)?,
        cpus,
        pinned: ends.iter().all(|&(_, pinned)| pinned),
    })
}

/// The nanoseconds one way, on average over each repetition.
fn serve(ball: &Ball, worker: &Worker, clock: &Clock, deadline: Instant) -> Vec<f64> {
    let mut samples = Vec::new();
    for repetition in 0..REPETITIONS {
        let start = clock.now();
        for round in repetition * ROUNDS..(repetition + 1) * ROUNDS {
            ball.throw(2 * round + 1);
            if !ball.catch(2 * round + 2, worker.backoff(), deadline) {
                return samples;
            }
        }
        let took = clock.now().saturating_sub(start);
        samples.push(clock.nanoseconds(took) / (2 * ROUNDS) as f64);
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::native::backoff::Strategy;
    use crate::explore::native::cpu;

    #[test]
    fn it_ends_in_time_and_measures_something_or_says_nothing() {
        let cpus = cpu::allowed();
        let start = Instant::now();
        let latency = measure([cpus[0], cpus[cpus.len() - 1]], Duration::from_millis(20));
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(latency.is_none_or(|latency| latency.one_way_ns.min > 0.0));
    }

    #[test]
    fn a_cpu_is_at_no_distance_from_itself() {
        assert_eq!(measure([0, 0], Duration::from_millis(20)), None);
    }

    #[test]
    fn no_time_no_figure() {
        let ball = Ball::default();
        let backoff = || Backoff::new(Strategy::AlwaysYield);
        assert!(!ball.catch(1, backoff(), Instant::now()));
        ball.throw(1);
        assert!(ball.catch(1, backoff(), Instant::now()));
    }
}
