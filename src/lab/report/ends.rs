//! How often an exploration came to an outcome, and whether one that it did not come to can be.

use super::{End, OutcomeCount, Report, Stop};

impl Report {
    /// Whether it is a share that was explored to its end, and nothing failed in it: no verdict.
    pub fn is_share(&self) -> bool {
        self.failure.is_none() && matches!(self.end, End::Cut(Stop::Share(_)))
    }

    /// In how many executions an outcome came up: in the second look, which has all of the first,
    /// where there was one.
    pub fn count_of(&self, id: &str) -> u64 {
        let of =
            |rows: &[OutcomeCount]| rows.iter().find(|row| row.id == id).map_or(0, |row| row.count);
        let again = self.unreasonable.as_ref().map_or(0, |again| of(&again.outcomes));
        of(&self.outcomes).max(again)
    }

    /// Whether an outcome that did not come up never does, as far as its model goes: it saw all,
    /// with what std allows without a reason, and nothing here is beyond its engine.
    pub fn excludes(&self) -> bool {
        let again = self.unreasonable.as_ref();
        let looked =
            again.is_some_and(|again| again.end == End::Complete && again.yields.is_none());
        self.exhaustive() && self.blind_spots.is_empty() && (self.reasonable || looked)
    }
}

#[cfg(test)]
mod tests {
    use crate::explore::GRAPHS;
    use crate::report::{BlindSpot, Bounds, End, Report, Stop};
    use crate::words::samples::report;

    #[test]
    fn what_was_not_looked_at_is_not_excluded() {
        let whole = Report { reasonable: true, ..report(GRAPHS, End::Complete) };
        assert!(whole.excludes());
        let blind = Report { blind_spots: vec![BlindSpot::LoadBuffering], ..whole.clone() };
        let bounds = Bounds { rounds: Some(3), ..whole.bounds.clone() };
        let bounded = Report { bounds, ..whole.clone() };
        let once = Report { reasonable: false, unreasonable: None, ..whole.clone() };
        let cut = Report { end: End::Cut(Stop::Time(2.0)), ..whole };
        for report in [blind, bounded, once, cut] {
            assert!(!report.excludes(), "{report:?}");
        }
    }
}
