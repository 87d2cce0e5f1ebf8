//! When the actors of an iteration start: at one agreed moment, or by turns where CPUs are short.

use super::clock::Clock;
use super::random::Random;
use std::hint::spin_loop;
use std::thread::yield_now;
use std::time::Duration;

/// How long after the barrier the first iteration starts: time for all threads to have seen it.
const LEAD: Duration = Duration::from_micros(1);
const SHORTEST_PERIOD: Duration = Duration::from_nanos(115);
const LONGEST_PERIOD: Duration = Duration::from_millis(1);

/// Some milliseconds, more than any iteration waits: a counter that is behind the one of another
/// CPU must not hold its thread up.
const MOST_READS: u32 = 1 << 19;

/// How the iterations of one batch start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pace {
    /// Iteration `k` starts at `base + k * period`, on each thread up to `skew` later, in ticks:
    /// the "timebase" of litmus7.
    Timed { base: u64, period: u64, skew: u64 },
    /// A thread gives its CPU away, or does not, at random before each iteration.
    Yielding,
    /// A thread goes on until the scheduler takes its CPU away, with luck in the middle of an actor.
    Running,
}

impl Pace {
    /// Fixes the moment at which the first iteration starts.
    pub(super) fn begin(&mut self, clock: &Clock) {
        if let Pace::Timed { base, .. } = self {
            *base = clock.now() + clock.ticks(LEAD);
        }
    }
}

/// Holds one thread back until its iterations are due.
pub(super) struct Starter<'t> {
    clock: Clock,
    pace: Pace,
    random: &'t mut Random,
    /// When the last iteration began.
    begun: u64,
    /// How many iterations took more than half of a period.
    pub(super) slow: usize,
}

impl<'t> Starter<'t> {
    pub(super) fn new(clock: Clock, pace: Pace, random: &'t mut Random) -> Starter<'t> {
        Starter { clock, pace, random, begun: u64::MAX, slow: 0 }
    }

    #[inline]
    pub(super) fn wait_for(&mut self, iteration: usize) {
        match self.pace {
            Pace::Timed { base, period, skew } => {
                let mut now = self.clock.now();
                self.slow += usize::from(now.saturating_sub(self.begun) > period / 2);
                let due = base + iteration as u64 * period + self.random.below(skew);
                // Reading the clock takes the place of the pause, which is too coarse here.
                let mut reads = 0;
                while now < due {
                    reads += 1;
                    if reads % 3000 == 0 {
                        yield_now();
                    }
                    if reads > MOST_READS {
                        self.pace = Pace::Running;
                        break;
                    }
                    now = self.clock.now();
                }
                self.begun = now;
                if self.clock.is_coarse() {
                    // The clock cannot tell moments apart that a race does.
                    (0..self.random.below(8)).for_each(|_| spin_loop());
                }
            }
            Pace::Yielding => {
                if self.random.coin() {
                    yield_now();
                }
            }
            Pace::Running => {}
        }
    }
}

/// Adapts the period between iterations to what the actors can keep up with.
#[derive(Debug)]
pub(super) struct PeriodTuner {
    period: f64,
    shortest: f64,
    longest: f64,
}

impl PeriodTuner {
    pub(super) fn new(clock: &Clock) -> PeriodTuner {
        let ticks = |period| clock.ticks(period).max(1) as f64;
        PeriodTuner {
            period: ticks(SHORTEST_PERIOD),
            shortest: ticks(SHORTEST_PERIOD),
            longest: ticks(LONGEST_PERIOD),
        }
    }

    /// The pace of the next batch. The best skew depends on how long the actors take and which is
    /// the faster, so each batch has another.
    pub(super) fn pace(&self, random: &mut Random) -> Pace {
        let period = self.period as u64;
        Pace::Timed { base: 0, period, skew: period * (1 + random.below(4)) / 4 }
    }

    /// An actor that takes half of a period leaves the other half for the skew. If more than a
    /// quarter of the iterations are slower the period grows, and if hardly any are it shrinks a
    /// little: one disturbed batch is forgotten in about a dozen.
    pub(super) fn adapt(&mut self, slow: usize, iterations: usize) {
        if slow * 4 > iterations {
            self.period = (self.period * 1.5).min(self.longest);
        } else if slow * 16 < iterations {
            self.period = (self.period * 31.0 / 32.0).max(self.shortest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_actor_gets_a_longer_period_and_a_fast_one_the_shortest() {
        let mut tuner = PeriodTuner::new(&Clock::get());
        let shortest = tuner.period;
        for _ in 0..100 {
            tuner.adapt(100, 100);
        }
        assert_eq!(tuner.period, tuner.longest);
        tuner.adapt(20, 100);
        assert_eq!(tuner.period, tuner.longest);
        for _ in 0..1000 {
            tuner.adapt(0, 100);
        }
        assert_eq!(tuner.period, shortest);
    }

    #[test]
    fn a_seed_repeats_the_skews() {
        let tuner = PeriodTuner::new(&Clock::get());
        let paces = |seed| {
            let mut random = Random::new(seed, 0);
            (0..32).map(|_| tuner.pace(&mut random)).collect::<Vec<_>>()
        };
        assert_eq!(paces(1), paces(1));
        assert_ne!(paces(1), paces(2));
    }

    #[test]
    fn an_iteration_waits_for_its_time_and_a_slow_one_counts() {
        let (clock, mut random) = (Clock::get(), Random::new(0, 0));
        let period = clock.ticks(Duration::from_micros(100));
        let mut pace = Pace::Timed { base: 0, period, skew: 0 };
        let before = clock.now();
        pace.begin(&clock);
        let mut starter = Starter::new(clock, pace, &mut random);
        starter.wait_for(5);
        assert!(clock.now() >= before + 5 * period);
        assert_eq!(starter.slow, 0);
        while clock.now() < starter.begun + period {}
        starter.wait_for(6);
        assert_eq!(starter.slow, 1);
    }
}
