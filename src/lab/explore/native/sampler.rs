//! Which variant is measured next, for how long, and when enough has been seen.

use super::clock::Clock;
use super::figures::{Finding, Windows};
use super::plan::Plan;
use super::window::{Rules, Stretch, is_sound};
use super::windows::Settings;
use crate::cost::{Entrant, MOST_THREADS};
use std::time::{Duration, Instant};

/// After so many windows and not one in parallel, there will be none.
const HOPELESS: usize = 100;
/// The same where the threads have to share a CPU, and none is to be expected.
const EXPECTEDLY_HOPELESS: usize = 10;
/// When time runs on, so many windows of each variant will do.
const FEW: usize = 5;
/// Looking at the clock takes 10 to 20 ns: little beside this.
const BETWEEN_LOOKS: Duration = Duration::from_nanos(500);

/// One window of one variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Turn {
    /// `None`: the threads only look at the clock, to find out whether they run in parallel.
    pub(super) variant: Option<usize>,
    /// For each thread, how many operations it does between two looks at the clock.
    pub(super) batches: [u32; MOST_THREADS],
    pub(super) rules: Rules,
}

/// Round robin over the variants, until each has enough windows or the time is up.
pub(super) struct Sampler<'s> {
    settings: &'s Settings,
    started: Instant,
    clock: Clock,
    plans: Vec<Plan>,
    /// How many windows there were to find out whether threads run in parallel, and whether they do.
    trials: usize,
    most_trials: usize,
    parallel: bool,
    taken: usize,
}

impl<'s> Sampler<'s> {
    /// Tries every operation, to find out how long it takes. Where there is one thread, there is
    /// nothing in parallel to wait for. `alone`: each thread has a CPU.
    pub(super) fn new(
        entrants: &[(Box<dyn Entrant + '_>, usize)],
        settings: &'s Settings,
        clock: Clock,
        alone: bool,
        started: Instant,
    ) -> Sampler<'s> {
        let share = settings.budget / (8 * entrants.len().max(1) as u32);
        let [looks, window, longest] =
            [BETWEEN_LOOKS, settings.window, share].map(|duration| clock.ticks(duration));
        let plan = |(entrant, threads): &(Box<dyn Entrant + '_>, usize)| {
            let pilots = (0..*threads).map(|thread| pilot(&**entrant, thread, &clock));
            Plan::new(&pilots.collect::<Vec<_>>(), looks, window, longest)
        };
        Sampler {
            settings,
            started,
            clock,
            plans: entrants.iter().map(plan).collect(),
            trials: 0,
            most_trials: match alone {
                true => HOPELESS,
                false => EXPECTEDLY_HOPELESS,
            },
            parallel: entrants.iter().all(|&(_, threads)| threads < 2),
            taken: 0,
        }
    }

    /// The next window; `None` when enough has been seen, or no more can be.
    pub(super) fn next(&self) -> Option<Turn> {
        let elapsed = self.started.elapsed();
        let late = elapsed >= self.settings.budget;
        if !self.parallel {
            let length = self.clock.ticks(self.settings.window);
            return (!late && self.trials < self.most_trials).then_some(Turn {
                variant: None,
                batches: [64; MOST_THREADS],
                rules: Rules { length, gap: length / 10 },
            });
        }
        let wanted = match elapsed < self.settings.budget / 40 {
            true => self.settings.windows,
            false => self.settings.windows.min(FEW),
        };
        let mut plans = self.plans.iter();
        let enough = plans.all(|plan| plan.windows.kept.len() >= wanted);
        (!late && !enough).then(|| {
            let variant = self.taken % self.plans.len();
            Turn {
                variant: Some(variant),
                batches: self.plans[variant].batches,
                rules: self.plans[variant].rules(),
            }
        })
    }

    /// Takes a window, by what each thread did in it.
    pub(super) fn take(&mut self, turn: Turn, stretches: &[Stretch]) {
        let sound = is_sound(stretches, turn.rules);
        let Some(variant) = turn.variant else {
            self.trials += 1;
            self.parallel = sound;
            return;
        };
        let ns = |stretch: &Stretch| stretch.ns_per_operation(&self.clock);
        let sound = sound.then(|| stretches.iter().map(ns).collect());
        let round = self.taken / self.plans.len();
        self.plans[variant].take(round, sound);
        self.taken += 1;
    }

    /// What can be said in the end.
    pub(super) fn finding(&self) -> Finding {
        if !self.parallel && self.trials == self.most_trials {
            Finding::NeverParallel
        } else if self.plans.iter().all(|plan| plan.windows.are_enough()) {
            Finding::Measured
        } else {
            Finding::TooDisturbed
        }
    }

    /// The windows of a variant, and how long the last were, in nanoseconds.
    pub(super) fn windows(&self, variant: usize) -> (&Windows, f64) {
        let plan = &self.plans[variant];
        (&plan.windows, self.clock.nanoseconds(plan.length))
    }
}

/// How many ticks an operation takes with nobody beside it: the best of some short stretches.
fn pilot(entrant: &dyn Entrant, thread: usize, clock: &Clock) -> u64 {
    let length = clock.ticks(Duration::from_micros(10));
    let mut best = u64::MAX;
    for _ in 0..3 {
        let stretch = Stretch::work(entrant, thread, 1, length, clock);
        best = best.min(stretch.end.saturating_sub(stretch.start) / stretch.operations);
        if best > 10 * length {
            break;
        }
    }
    best.max(1)
}
