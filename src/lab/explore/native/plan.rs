//! How long the windows of one variant are, and which of them count.

use super::figures::Windows;
use super::window::Rules;
use crate::cost::MOST_THREADS;

/// So many operations, at least, have room in a window: one of them is no gap.
const OPERATIONS: u64 = 32;
/// After so many windows it is time to ask whether they are long enough.
const BLOCK: usize = 16;

/// How one variant is measured, and what came of it.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) batches: [u32; MOST_THREADS],
    /// The ticks of the longer operation.
    operation: u64,
    pub(super) length: u64,
    longest: u64,
    pub(super) windows: Windows,
    /// How many windows there were in this block, and how many of them were sound.
    recent: (usize, usize),
}

impl Plan {
    /// For operations that take so many ticks on each thread, in windows of `window` to `longest`.
    pub(super) fn new(operations: &[u64], between_looks: u64, window: u64, longest: u64) -> Plan {
        let slowest = operations.iter().copied().max().unwrap_or(1);
        let batch = |thread| between_looks / operations.get(thread).unwrap_or(&slowest);
        Plan {
            batches: std::array::from_fn(|thread| batch(thread).clamp(1, 64) as u32),
            operation: slowest,
            length: slowest.saturating_mul(OPERATIONS).min(longest).max(window),
            longest: longest.max(window),
            windows: Windows::default(),
            recent: (0, 0),
        }
    }

    pub(super) fn rules(&self) -> Rules {
        Rules { length: self.length, gap: (self.length / 10).max(3 * self.operation) }
    }

    /// Takes a window: sound, with the nanoseconds an operation of each thread, or not.
    ///
    /// Operations that wait for one another, as for a lock, look like interruptions. Dropping them
    /// would flatter: when a quarter of the windows fail they are too short, and all start again.
    pub(super) fn take(&mut self, round: usize, sound: Option<Vec<f64>>) {
        self.windows.tried += 1;
        self.recent.0 += 1;
        if let Some(ns) = sound {
            self.recent.1 += 1;
            self.windows.kept.push((round, ns));
        }
        if self.recent.0 == BLOCK {
            if self.recent.1 < BLOCK * 3 / 4 && self.length < self.longest {
                self.length = (self.length * 2).min(self.longest);
                self.windows.kept.clear();
            }
            self.recent = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_operations_come_in_batches() {
        let plan = Plan::new(&[20, 100], 1000, 100_000, 1_000_000);
        assert_eq!(plan.batches[..2], [50, 10]);
        let rules = plan.rules();
        assert_eq!((rules.length, rules.gap), (100_000, 10_000));
    }

    #[test]
    fn long_operations_get_longer_windows() {
        let plan = Plan::new(&[20, 10_000], 1000, 100_000, 1_000_000);
        assert_eq!(plan.batches[..2], [50, 1]);
        let rules = plan.rules();
        assert_eq!((rules.length, rules.gap), (320_000, 32_000));
    }

    #[test]
    fn an_operation_longer_than_a_window_is_no_gap() {
        let plan = Plan::new(&[2_000_000], 1000, 100_000, 1_000_000);
        let rules = plan.rules();
        assert_eq!((rules.length, rules.gap), (1_000_000, 6_000_000));
    }

    #[test]
    fn windows_that_often_fail_start_again_at_twice_the_length() {
        let mut plan = Plan::new(&[20], 1000, 100_000, 300_000);
        for round in 0..BLOCK {
            plan.take(round, (round % 2 == 0).then(|| vec![1.0]));
        }
        let (kept, tried) = (plan.windows.kept.len(), plan.windows.tried);
        assert_eq!((plan.length, kept, tried), (200_000, 0, BLOCK));
        for round in 0..3 * BLOCK {
            plan.take(round, None);
        }
        assert_eq!(plan.length, 300_000);
    }

    #[test]
    fn a_few_dropped_windows_change_nothing() {
        let mut plan = Plan::new(&[20], 1000, 100_000, 300_000);
        for round in 0..4 * BLOCK {
            plan.take(round, (round % 4 > 0).then(|| vec![1.0]));
        }
        assert_eq!((plan.length, plan.windows.kept.len()), (100_000, 3 * BLOCK));
    }
}
