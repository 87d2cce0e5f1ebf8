//! Measures a curve point by point, and finds where two lines cross.

use super::figures::{CostReport, Figures, Finding};
use super::sharing::{self, Settings};
use super::spread::Spread;
use crate::cost::{Contestant, Curve};
use serde::{Deserialize, Serialize};

/// A curve, as it was measured here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveReport {
    /// In a word.
    pub name: String,
    /// As a heading.
    pub title: String,
    /// What grows, in the plural.
    pub axis: String,
    /// What one operation is.
    pub unit: String,
    /// The line that the others are compared with.
    pub baseline: String,
    /// What was measured, in the order of the parameter. Nanoseconds are those of one operation.
    pub points: Vec<Point>,
    /// The values of the parameter for which this machine has too few CPUs.
    pub out_of_reach: Vec<u64>,
    /// Where a line crosses the baseline.
    pub crossings: Vec<Crossing>,
}

/// All lines at one value of the parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The value of the parameter.
    pub at: u64,
    /// What was measured.
    pub report: CostReport,
}

/// Where a line crosses the baseline: it is the cheaper one on one side alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// The name of the line that crosses it.
    pub variant: String,
    /// The last point that is clearly on one side, and the first that is clearly on the other.
    pub between: [u64; 2],
    /// In between, on straight lines in a picture with logarithmic axes.
    pub near: f64,
    /// Whether the line is cheaper than the baseline beyond it, and dearer before.
    pub cheaper_beyond: bool,
}

/// Measures a curve: at each point, all lines against each other, within the budget of `settings`.
///
/// A point with more threads than CPUs is left out: they would take turns, and show nothing.
///
/// # Panics
/// As [`sharing::measure`].
pub fn measure(curve: &Curve, settings: &Settings) -> CurveReport {
    let (mut points, mut out_of_reach) = (Vec::new(), Vec::new());
    for &at in curve.points {
        let lines: Vec<Box<dyn Contestant>> = curve.lines.iter().map(|line| line.at(at)).collect();
        let variants: Vec<&dyn Contestant> = lines.iter().map(|line| &**line).collect();
        let threads = variants.iter().map(|variant| variant.threads()).max();
        if threads.unwrap_or(1) > settings.cpus.len() {
            out_of_reach.push(at);
            continue;
        }
        let mut report = sharing::measure_all(&variants, curve.baseline, settings);
        let operations = (curve.operations)(at) as f64;
        report.variants.iter_mut().for_each(|figures| share(figures, operations));
        points.push(Point { at, report });
    }
    let crossings = curve.lines.iter().filter(|line| line.name() != curve.baseline);
    CurveReport {
        name: curve.name.to_owned(),
        title: curve.title.to_owned(),
        axis: curve.axis.to_owned(),
        unit: curve.unit.to_owned(),
        baseline: curve.baseline.to_owned(),
        crossings: crossings.flat_map(|line| crossings_of(line.name(), &points)).collect(),
        points,
        out_of_reach,
    }
}

/// One call was so many operations.
fn share(figures: &mut Figures, operations: f64) {
    let each = |spread: &mut Spread| *spread = spread.scaled(1.0 / operations);
    figures.ns_per_operation.iter_mut().for_each(each);
    figures.threads.iter_mut().for_each(each);
}

/// A ratio is on one side of 1 if so much of it is, in nine rounds of ten: less is no difference.
const CLEAR: f64 = 0.05;

/// Where the ratio to the baseline passes 1, from a point that is clearly on one side to one that
/// is clearly on the other.
fn crossings_of(variant: &str, points: &[Point]) -> Vec<Crossing> {
    let measured = points.iter().filter(|point| point.report.finding == Finding::Measured);
    let ratio = |point: &Point| {
        let figures = point.report.variant(variant)?;
        let (ratio, spread) = (figures.ratio?, figures.ratios?);
        let (below, above) = (1.0 - CLEAR, 1.0 + CLEAR);
        let clear = spread.p90.max(ratio) < below || spread.p10.min(ratio) > above;
        clear.then_some((point.at, ratio))
    };
    let ratios: Vec<(u64, f64)> = measured.filter_map(ratio).collect();
    let crosses = |pair: &[(u64, f64)]| {
        let [(x0, r0), (x1, r1)] = pair else { return None };
        let (y0, y1) = (r0.ln(), r1.ln());
        if (y0 < 0.0) == (y1 < 0.0) {
            return None;
        }
        let (from, to) = ((*x0 as f64).ln(), (*x1 as f64).ln());
        Some(Crossing {
            variant: variant.to_owned(),
            between: [*x0, *x1],
            near: (from + (to - from) * y0 / (y0 - y1)).exp(),
            cheaper_beyond: y1 < 0.0,
        })
    };
    ratios.windows(2).filter_map(crosses).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A point at which `other` takes so many times what the baseline takes.
    fn point(at: u64, ratio: f64, finding: Finding) -> Point {
        let figures = |name: &str, ratio: f64| Figures {
            name: name.to_owned(),
            ns_per_operation: Spread::of(&[ratio * 10.0]),
            threads: Vec::new(),
            ratio: Some(ratio),
            ratios: Spread::of(&[ratio * 0.8, ratio, ratio * 1.2]),
            kept: 3,
            tried: 3,
            window_ns: 5e4,
        };
        let report = CostReport {
            finding,
            variants: vec![figures("base", 1.0), figures("other", ratio)],
            latency: None,
            cpus: vec![0],
            pinned: true,
            elapsed: Duration::ZERO,
            notes: Vec::new(),
        };
        Point { at, report }
    }

    #[test]
    fn two_lines_cross_where_their_ratio_passes_one() {
        let points = [(1, 4.0), (10, 2.0), (1000, 0.5)];
        let points = points.map(|(at, ratio)| point(at, ratio, Finding::Measured));
        let crossings = crossings_of("other", &points);
        assert_eq!(crossings.len(), 1);
        let crossing = &crossings[0];
        assert_eq!(crossing.between, [10, 1000]);
        assert!((crossing.near - 100.0).abs() < 1e-6);
        assert!(crossing.cheaper_beyond);
        assert_eq!(crossings_of("base", &points), []);
    }

    #[test]
    fn what_the_spread_could_turn_is_on_neither_side() {
        let points = [(1, 2.0), (10, 1.1), (100, 0.5)];
        let points = points.map(|(at, ratio)| point(at, ratio, Finding::Measured));
        assert_eq!(crossings_of("other", &points)[0].between, [1, 100]);
        assert_eq!(crossings_of("other", &points[1..]), []);
    }

    #[test]
    fn what_was_disturbed_crosses_nothing() {
        let points = [(1, 2.0), (2, 0.5)].map(|(at, r)| point(at, r, Finding::TooDisturbed));
        assert_eq!(crossings_of("other", &points), []);
    }
}
