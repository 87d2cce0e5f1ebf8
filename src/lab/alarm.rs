//! A false alarm: what loom alone reports where it is known to report what cannot be.

use crate::report::{Failure, Note, Report};

/// Takes the note back from reports on one version whose failure another engine finds as well, in
/// orders of whole operations that nobody doubts.
pub fn withdraw(reports: &mut [Report]) {
    let certain: Vec<Failure> = reports
        .iter()
        .filter(|report| !report.engine.reorders())
        .filter_map(|report| report.failure.clone())
        .collect();
    for report in reports.iter_mut().filter(|report| report.engine.reorders()) {
        let failure = report.failure.as_ref();
        if failure.is_some_and(|failure| certain.iter().any(|other| same(failure, other))) {
            report.notes.retain(|note| *note != Note::FalseAlarm);
        }
    }
}

/// The same kind of failure, and the same outcome where it is one.
fn same(one: &Failure, other: &Failure) -> bool {
    one.kind == other.kind && one.outcome() == other.outcome()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Engine, LOOM, REDUCED};
    use crate::report::{End, Kind};
    use crate::words::samples;

    fn failing(engine: &dyn Engine, kind: Kind, id: &str) -> Report {
        Report {
            failure: Some(samples::failure(kind, id, Vec::new())),
            notes: vec![Note::FalseAlarm],
            ..samples::report(engine, End::Complete)
        }
    }

    #[test]
    fn what_an_interleaving_shows_is_certain() {
        let noted = |other: Report| {
            let mut reports = [other, failing(LOOM, Kind::Forbidden, "LOST")];
            withdraw(&mut reports);
            reports[1].notes.len()
        };
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "LOST")), 0);
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "TORN")), 1);
        assert_eq!(noted(failing(REDUCED, Kind::Deadlock, "LOST")), 1);
        assert_eq!(noted(samples::report(REDUCED, End::Complete)), 1);
    }
}
