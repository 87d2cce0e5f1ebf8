//! A measured figure and how far it scatters.

use serde::{Deserialize, Serialize};

/// Where the middle of some samples lies, and how wide they scatter. In the unit of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The smallest sample.
    pub min: f64,
    /// One sample in ten is below.
    pub p10: f64,
    /// Half of the samples are below.
    pub median: f64,
    /// One sample in ten is above.
    pub p90: f64,
    /// The largest sample.
    pub max: f64,
}

impl Spread {
    /// The spread of some samples, or `None` without any.
    pub fn of(samples: &[f64]) -> Option<Spread> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share| quantile(&sorted, share);
        (!sorted.is_empty()).then(|| Spread {
            min: at(0.0),
            p10: at(0.1),
            median: at(0.5),
            p90: at(0.9),
            max: at(1.0),
        })
    }

    /// The spread of the same samples in another unit.
    pub fn scaled(self, by: f64) -> Spread {
        let Spread { min, p10, median, p90, max } = self;
        let [min, p10, median, p90, max] = [min, p10, median, p90, max].map(|sample| sample * by);
        Spread { min, p10, median, p90, max }
    }
}

/// Between two samples, the straight line from one to the other.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_samples_have_their_own_quantiles() {
        let samples: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        let spread = Spread::of(&samples).expect("samples");
        assert_eq!(
            (spread.min, spread.p10, spread.median, spread.p90, spread.max),
            (0.0, 1.0, 5.0, 9.0, 10.0)
        );
    }

    #[test]
    fn an_even_number_has_its_median_in_between() {
        assert_eq!(Spread::of(&[4.0, 1.0, 3.0, 2.0]).map(|spread| spread.median), Some(2.5));
    }

    #[test]
    fn one_sample_does_not_scatter() {
        let spread = Spread::of(&[3.0]).expect("a sample");
        assert_eq!((spread.min, spread.max), (3.0, 3.0));
    }

    #[test]
    fn nothing_has_no_spread() {
        assert_eq!(Spread::of(&[]), None);
    }
}
