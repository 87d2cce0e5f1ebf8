//! Two logarithmic axes: where a value lies between the smallest and the largest.

use super::{CurveReport, Point};

/// One logarithmic axis: the values at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    from: f64,
    to: f64,
}

impl Axis {
    /// From the smallest to the largest of these values; a factor of two apart at least.
    fn over(values: impl Iterator<Item = f64>) -> Axis {
        let values: Vec<f64> = values.filter(|value| *value > 0.0).collect();
        let from = values.iter().copied().fold(f64::INFINITY, f64::min);
        let to = values.iter().copied().fold(0.0, f64::max);
        if !from.is_finite() {
            return Axis { from: 1.0, to: 2.0 };
        }
        Axis { from, to: to.max(from * 2.0) }
    }

    /// The horizontal axis: the values of the parameter.
    pub(super) fn across(report: &CurveReport) -> Axis {
        Axis::over(report.points.iter().map(|point| point.at as f64))
    }

    /// Nanoseconds, with room for the spread, from one step of 1, 2, 5 to another.
    pub(super) fn up(report: &CurveReport) -> Axis {
        let times = |point: &Point| {
            let times = point.report.variants.iter().filter_map(|f| f.ns_per_operation);
            times.flat_map(|time| [time.p10, time.p90]).collect::<Vec<_>>()
        };
        let Axis { from, to } = Axis::over(report.points.iter().flat_map(times));
        let step = |value: f64, up: bool| {
            let decade = 10f64.powf(value.log10().floor());
            let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * decade);
            let slack = 1.0 + 1e-9;
            match up {
                true => steps.into_iter().find(|step| *step * slack >= value),
                false => steps.into_iter().rev().find(|step| *step <= value * slack),
            }
        };
        Axis { from: step(from, false).unwrap_or(from), to: step(to, true).unwrap_or(to) }
    }

    /// 0 at the smallest, 1 at the largest.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((value / self.from).ln() / (self.to / self.from).ln()).clamp(0.0, 1.0)
    }

    /// The powers of ten on it and its two ends, ascending.
    pub(super) fn marks(&self) -> Vec<f64> {
        let first = self.from.log10().ceil() as i32;
        let mut marks = vec![self.from];
        let decades = (first..).map(|power| 10f64.powi(power));
        marks.extend(decades.take_while(|mark| *mark < self.to).filter(|mark| *mark > self.from));
        marks.push(self.to);
        marks
    }
}

/// Three digits at most, then thousands and millions: `12.3`, `450`, `1.2k`, `34M`.
pub(super) fn short(value: f64) -> String {
    let (value, unit) = match value {
        v if v >= 999.5e3 => (v / 1e6, "M"),
        v if v >= 999.5 => (v / 1e3, "k"),
        v => (v, ""),
    };
    match value {
        v if v >= 9.95 => format!("{v:.0}{unit}"),
        v => format!("{v:.1}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let said = [0.25, 9.96, 450.0, 1234.0, 999_600.0, 34_000_000.0].map(short);
        assert_eq!(said, ["0.2", "10", "450", "1.2k", "1.0M", "34M"]);
    }

    #[test]
    fn equal_factors_are_equal_distances() {
        let axis = Axis::over([1.0, 10_000.0].into_iter());
        assert_eq!([1.0, 100.0, 10_000.0].map(|value| axis.place(value)), [0.0, 0.5, 1.0]);
        assert_eq!(axis.marks(), [1.0, 10.0, 100.0, 1000.0, 10_000.0]);
    }

    #[test]
    fn one_value_is_an_axis_too() {
        assert_eq!(Axis::over([4.0].into_iter()).place(8.0), 1.0);
        assert_eq!(Axis::over(std::iter::empty()).marks(), [1.0, 2.0]);
    }
}
