//! A false alarm: what loom alone reports where it is known to report what cannot be.

use crate::report::{Failure, Kind, Report};

/// Said beside a failure that may be one.
pub(crate) const NOTE: &str = "this may be a false alarm: see the blind spots";

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
            report.notes.retain(|note| note != NOTE);
        }
    }
}

/// The same kind of failure, and the same outcome where it is one.
fn same(one: &Failure, other: &Failure) -> bool {
    let id = |failure: &Failure| failure.why.split_once(": ").map(|(id, _)| id.to_string());
    one.kind == other.kind && (one.kind != Kind::Forbidden || id(one) == id(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Engine, LOOM, REDUCED};
    use crate::report::End;
    use crate::words::samples;

    fn failing(engine: &dyn Engine, kind: Kind, why: &str) -> Report {
        Report {
            failure: Some(samples::failure(kind, why, Vec::new())),
            notes: vec![NOTE.to_string()],
            ..samples::report(engine, End::Complete)
        }
    }

    #[test]
    fn what_an_interleaving_shows_is_certain() {
        let noted = |other: Report| {
            let mut reports = [other, failing(LOOM, Kind::Forbidden, "LOST: why")];
            withdraw(&mut reports);
            reports[1].notes.len()
        };
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "LOST: an update")), 0);
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "TORN: half")), 1);
        assert_eq!(noted(failing(REDUCED, Kind::Deadlock, "LOST: why")), 1);
        assert_eq!(noted(samples::report(REDUCED, End::Complete)), 1);
    }
}
