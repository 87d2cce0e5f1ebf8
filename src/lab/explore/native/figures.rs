//! What measuring variants against each other has shown.

use super::latency::Latency;
use super::spread::Spread;
use serde::{Deserialize, Serialize};

use crate::report::MachineNote;
use std::time::Duration;

/// The median of fewer windows says nothing.
const LEAST_WINDOWS: usize = 3;

/// Whether the figures mean anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Every variant has at least three windows that count.
    Measured,
    /// The two threads never ran in parallel here: what one does to the other cannot show.
    NeverParallel,
    /// They can, but other work disturbed too many windows.
    TooDisturbed,
}

/// One variant's time. All nanoseconds an operation, over the windows that count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The variant's name.
    pub name: String,
    /// Of all threads: as many nanoseconds as a thread needs for one, on (harmonic) average.
    pub ns_per_operation: Option<Spread>,
    /// Of each thread.
    pub threads: Vec<Spread>,
    /// How many times the baseline's, median by median.
    pub ratio: Option<f64>,
    /// The same, window by window: each with the baseline's window of the same round.
    pub ratios: Option<Spread>,
    /// How many windows count.
    pub kept: usize,
    /// How many there were.
    pub tried: usize,
    /// How long a window lasted, in nanoseconds.
    pub window_ns: f64,
}

/// Variants measured against each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostReport {
    /// Whether the figures mean anything. If not they are there all the same.
    pub finding: Finding,
    /// In the order of the cost.
    pub variants: Vec<Figures>,
    /// Between the two CPUs, measured just before; none where there is one CPU or one thread.
    pub latency: Option<Latency>,
    /// The CPUs to run on, by the numbers of the operating system: one for each thread in turn, or,
    /// if there were fewer, all for all.
    pub cpus: Vec<usize>,
    /// Whether the threads were kept on these CPUs.
    pub pinned: bool,
    /// In all, with the latency.
    pub elapsed: Duration,
    /// What a reader has to know about these figures.
    pub notes: Vec<MachineNote>,
}

impl CostReport {
    /// The figures of a variant, by name.
    pub fn variant(&self, name: &str) -> Option<&Figures> {
        self.variants.iter().find(|figures| figures.name == name)
    }
}

/// The windows of one variant.
#[derive(Clone, Debug, Default)]
pub(super) struct Windows {
    /// Of each window that counts its round, and the nanoseconds an operation of each thread.
    pub(super) kept: Vec<(usize, Vec<f64>)>,
    pub(super) tried: usize,
}

impl Windows {
    /// Nanoseconds an operation of all threads, with the round.
    fn combined(&self) -> impl Iterator<Item = (usize, f64)> {
        let combine = |ns: &[f64]| ns.len() as f64 / ns.iter().map(|ns| 1.0 / ns).sum::<f64>();
        self.kept.iter().map(move |(round, ns)| (*round, combine(ns)))
    }

    fn spread(&self) -> Option<Spread> {
        Spread::of(&self.combined().map(|(_, ns)| ns).collect::<Vec<_>>())
    }

    /// What a variant comes to beside the baseline.
    pub(super) fn figures(&self, name: &str, baseline: &Windows, window_ns: f64) -> Figures {
        let (spread, base) = (self.spread(), baseline.spread());
        let in_round = |wanted| {
            let mut rounds = baseline.combined();
            rounds.find_map(|(round, ns)| (round == wanted).then_some(ns))
        };
        let pairs = self.combined();
        let ratios = pairs.filter_map(|(round, ns)| Some(ns / in_round(round)?));
        let thread = |thread| {
            let samples = self.kept.iter().filter_map(|(_, ns)| ns.get(thread));
            Spread::of(&samples.copied().collect::<Vec<_>>())
        };
        Figures {
            name: name.to_owned(),
            ns_per_operation: spread,
            threads: (0..).map_while(thread).collect(),
            ratio: spread.and_then(|spread| Some(spread.median / base?.median)),
            ratios: Spread::of(&ratios.collect::<Vec<_>>()),
            kept: self.kept.len(),
            tried: self.tried,
            window_ns,
        }
    }

    /// Whether there are enough for a figure.
    pub(super) fn are_enough(&self) -> bool {
        self.kept.len() >= LEAST_WINDOWS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows in rounds 0, 1, 2..., each thread with the same nanoseconds an operation.
    fn windows(ns: &[f64]) -> Windows {
        Windows { kept: ns.iter().map(|&ns| vec![ns; 2]).enumerate().collect(), tried: ns.len() }
    }

    #[test]
    fn the_ratio_is_of_medians_and_its_spread_of_rounds() {
        let (broken, fixed) = (windows(&[40.0, 50.0, 90.0]), windows(&[5.0, 10.0, 5.0]));
        let figures = broken.figures("broken", &fixed, 5e4);
        assert_eq!(figures.ratio, Some(10.0));
        let ratios = figures.ratios.expect("three rounds");
        assert_eq!((ratios.min, ratios.median, ratios.max), (5.0, 8.0, 18.0));
        assert_eq!(fixed.figures("fixed", &fixed, 5e4).ratio, Some(1.0));
    }

    #[test]
    fn the_faster_thread_does_more_of_the_operations() {
        let windows = Windows { kept: vec![(0, vec![10.0, 30.0])], tried: 1 };
        let figures = windows.figures("", &windows, 5e4);
        // 1/10 + 1/30 operations a nanosecond, by two threads.
        let spread = figures.ns_per_operation.expect("a window");
        assert!((spread.median - 15.0).abs() < 1e-9);
        let threads: Vec<f64> = figures.threads.iter().map(|thread| thread.median).collect();
        assert_eq!(threads, [10.0, 30.0]);
    }

    #[test]
    fn rounds_that_only_one_has_are_no_pair() {
        let (mut broken, fixed) = (windows(&[]), windows(&[5.0, 5.0]));
        broken.kept = vec![(1, vec![20.0; 2]), (2, vec![80.0; 2])];
        let ratios = broken.figures("", &fixed, 5e4).ratios.expect("round 1");
        assert_eq!((ratios.min, ratios.max), (4.0, 4.0));
    }

    #[test]
    fn without_a_window_there_is_no_figure() {
        let figures = windows(&[]).figures("", &windows(&[1.0]), 5e4);
        assert_eq!((figures.ns_per_operation, figures.ratio), (None, None));
        assert!(figures.threads.is_empty() && figures.ratios.is_none());
    }

    #[test]
    fn three_windows_are_enough() {
        assert!(windows(&[1.0; 3]).are_enough());
        assert!(!windows(&[1.0; 2]).are_enough());
    }
}
