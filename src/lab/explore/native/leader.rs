//! What the first thread of a run does between batches: prepare, judge, and choose how to go on.

use super::batch::Batch;
use super::clock::Clock;
use super::counts::Counted;
use super::pace::{Pace, PeriodTuner};
use super::random::Random;
use super::settings::Settings;
use std::time::{Duration, Instant};

/// The least time a run is given.
const LEAST: Duration = Duration::from_millis(5);
/// The stream of random numbers beside those of the threads.
const STREAM: usize = usize::MAX - 1;

/// How many iterations a batch has: few at first, more as long as a batch is short.
#[derive(Debug)]
struct Size {
    iterations: usize,
    most: usize,
    target: Duration,
}

impl Size {
    fn new(most: usize, target: Duration) -> Size {
        Size { iterations: 1, most: most.max(1), target }
    }

    fn adapt(&mut self, took: Duration) {
        if took * 2 < self.target {
            self.iterations = (self.iterations * 2).min(self.most);
        } else if took > self.target * 2 {
            self.iterations = (self.iterations / 2).max(1);
        }
    }
}

/// How the iterations of a batch start: a [`Pace`] before its numbers are chosen.
#[derive(Debug)]
enum Mode {
    Timed(PeriodTuner),
    Yielding,
    Running,
}

/// What a run has come to.
pub(super) struct Findings {
    pub(super) counted: Counted,
    pub(super) first_failure: Option<Duration>,
}

/// The part of thread 0: it prepares the batches, judges them and adapts their size.
pub(super) struct Leader<'r, 'm> {
    batch: &'r Batch<'m>,
    settings: &'r Settings,
    started: Instant,
    modes: Vec<(Mode, Size)>,
    turn: usize,
    prepared: Instant,
    random: Random,
    findings: Findings,
}

impl<'r, 'm> Leader<'r, 'm> {
    /// `parallel`: each thread has a CPU. `started`: when the run did.
    pub(super) fn new(
        batch: &'r Batch<'m>,
        settings: &'r Settings,
        parallel: bool,
        started: Instant,
    ) -> Leader<'r, 'm> {
        let size = |most: usize, micros| {
            let most = most.min(batch.most_iterations());
            Size::new(most, Duration::from_micros(micros))
        };
        let yielding = (Mode::Yielding, size(16, 1000));
        let modes = if parallel {
            let tuner = PeriodTuner::new(&Clock::get());
            vec![(Mode::Timed(tuner), size(256, 100))]
        } else if settings.amplified {
            vec![yielding]
        } else {
            // The longer a batch, the more of them are cut by the scheduler.
            vec![(Mode::Running, size(1 << 16, 5000)), yielding]
        };
        Leader {
            batch,
            settings,
            started,
            modes,
            turn: 0,
            prepared: started,
            random: Random::new(settings.seed, STREAM),
            findings: Findings { counted: Counted::new(batch.outcomes()), first_failure: None },
        }
    }

    /// Makes the next batch ready, and says how its threads meet; `None` at the end of the run.
    pub(super) fn prepare(&mut self) -> Option<Pace> {
        let over = self.started.elapsed() >= self.settings.budget.max(LEAST);
        let enough = self.settings.stop_at_failure && self.findings.first_failure.is_some();
        if enough || (over && self.findings.counted.iterations > 0) {
            return None;
        }
        self.prepared = Instant::now();
        let (mode, size) = &self.modes[self.turn];
        self.batch.prepare(size.iterations);
        Some(match mode {
            Mode::Timed(tuner) => tuner.pace(&mut self.random),
            Mode::Yielding => Pace::Yielding,
            Mode::Running => Pace::Running,
        })
    }

    /// Judges the batch, and plans the next by how long this one took in all, and by how many
    /// iterations took the slowest thread too long.
    pub(super) fn judge(&mut self, slow: usize) {
        let Findings { counted, first_failure } = &mut self.findings;
        self.batch.judge(counted);
        if first_failure.is_none() && counted.failing > 0 {
            *first_failure = Some(self.started.elapsed());
        }
        let (mode, size) = &mut self.modes[self.turn];
        if let Mode::Timed(tuner) = mode {
            tuner.adapt(slow, size.iterations);
        }
        size.adapt(self.prepared.elapsed());
        self.turn = (self.turn + 1) % self.modes.len();
    }

    pub(super) fn finish(self) -> Findings {
        self.findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_grows_to_its_time_and_no_further() {
        let mut size = Size::new(100, Duration::from_micros(50));
        for _ in 0..10 {
            size.adapt(Duration::ZERO);
        }
        assert_eq!(size.iterations, 100);
        size.adapt(Duration::from_micros(60));
        assert_eq!(size.iterations, 100);
        for _ in 0..10 {
            size.adapt(Duration::from_millis(1));
        }
        assert_eq!(size.iterations, 1);
    }
}
