//! A median, and between which bounds it lies with 95 % confidence.

use serde::{Deserialize, Serialize};

/// The median of some samples and its 95 % interval, in the unit of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Half of the samples are below.
    pub median: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Of these samples, or `None` of fewer than six: five have no such interval.
    ///
    /// The ends are samples themselves, chosen by the binomial distribution of how many samples lie
    /// below the true median; so nothing is assumed of how the samples are distributed.
    pub fn of(samples: &[f64]) -> Option<Interval> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        let cut = cut(n)?;
        let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
        Some(Interval { median, low: sorted[cut], high: sorted[n - 1 - cut] })
    }

    /// How far its ends are from 1: what a ratio of a map to itself scatters.
    pub fn band(&self) -> f64 {
        (self.low - 1.0).abs().max((self.high - 1.0).abs())
    }
}

/// The largest number of samples that may be left out at either end.
fn cut(n: usize) -> Option<usize> {
    // P(at most k of n below the median), with k the first that is too probable.
    let mut term = 0.5f64.powi(n.min(1000) as i32);
    if n > 1000 {
        return Some((n as f64 / 2.0 - 0.98 * (n as f64).sqrt()) as usize);
    }
    let mut below = 0.0;
    let mut k = 0;
    while below + term <= 0.025 {
        below += term;
        term *= (n - k) as f64 / (k + 1) as f64;
        k += 1;
    }
    k.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_those_of_the_tables() {
        // Conover, Practical Nonparametric Statistics, 3rd edition, table A3: n and the rank from 0.
        for (n, rank) in [(6, 0), (9, 1), (12, 2), (20, 5), (50, 17), (100, 39)] {
            assert_eq!(cut(n), Some(rank), "{n}");
        }
        assert_eq!([0, 1, 5].map(cut), [None, None, None]);
        assert!(cut(1000).expect("many").abs_diff(cut(1001).expect("many")) <= 1);
    }

    #[test]
    fn a_median_lies_in_its_interval() {
        let samples: Vec<f64> = (0..101).map(f64::from).collect();
        let interval = Interval::of(&samples).expect("enough");
        assert_eq!(interval.median, 50.0);
        assert!(interval.low < 42.0 && interval.high > 58.0, "{interval:?}");
    }

    #[test]
    fn a_band_is_the_farther_end() {
        assert!((Interval { median: 1.0, low: 0.97, high: 1.01 }.band() - 0.03).abs() < 1e-9);
    }
}
