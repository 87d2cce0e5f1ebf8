//! How long a store takes to reach another CPU: the price of every shared cache line.

use super::clock::Clock;
use super::crew::{self, Member, Posts};
use super::patience::Patience;
use super::spread::Spread;
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

/// One word that two threads hand to and fro, alone on its cache lines.
#[derive(Default)]
#[repr(align(128))]
struct Ball(AtomicU64);

impl Ball {
    /// Waits for a value; false when the time is up.
    fn catch(&self, value: u64, mut patience: Patience, deadline: Instant) -> bool {
        while self.0.load(Acquire) != value {
            if patience.look() && Instant::now() >= deadline {
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
    let ends = crew::run(&Posts::new(2, &cpus), |member| {
        let samples = if member.number == 0 {
            serve(&ball, &member, &clock, deadline)
        } else {
            // Only who serves takes the time.
            let odd = (0..REPETITIONS * ROUNDS).map(|round| 2 * round + 1);
            odd.take_while(|&value| ball.catch(value, member.patience(), deadline))
                .for_each(|value| ball.throw(value + 1));
            Vec::new()
        };
        (samples, member.pinned)
    });
    Some(Latency {
        one_way_ns: Spread::of(&ends[0].0)?,
        cpus,
        pinned: ends.iter().all(|&(_, pinned)| pinned),
    })
}

/// The nanoseconds one way, on average over each repetition.
fn serve(ball: &Ball, member: &Member, clock: &Clock, deadline: Instant) -> Vec<f64> {
    let mut samples = Vec::new();
    for repetition in 0..REPETITIONS {
        let start = clock.now();
        for round in repetition * ROUNDS..(repetition + 1) * ROUNDS {
            ball.throw(2 * round + 1);
            if !ball.catch(2 * round + 2, member.patience(), deadline) {
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
    use crate::explore::native::cpu;
    use crate::explore::native::patience::Manners;

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
        let patience = || Patience::new(Manners::Sharing);
        assert!(!ball.catch(1, patience(), Instant::now()));
        ball.throw(1);
        assert!(ball.catch(1, patience(), Instant::now()));
    }
}
