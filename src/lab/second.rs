//! A second opinion: what an engine says that is not exact, beside one that is.
//!
//! loom shows some executions that cannot be and misses some that can. Where an exact engine of the
//! same model has come to an end, or has found a failure, that one decides. What loom says is still
//! told, and where it says something else, so is what loom is known to get wrong in this program.

use crate::report::{BlindSpot, Failure, Note, Report, Second, Verdict};

/// Marks the reports on one version that are second opinions. Takes back what was said of a false
/// alarm where it is settled, or where another engine finds the failure as well, in orders of whole
/// operations that nobody doubts.
pub fn weigh(reports: &mut [Report]) {
    // Within a bound that cuts something off, nothing is excluded.
    let decides = |report: &Report| {
        let said = match report.verdict() {
            Verdict::Passed => report.exhaustive(),
            verdict => verdict == Verdict::Caught,
        };
        report.engine.exact && report.second.is_none() && said
    };
    let exact: Vec<Report> = reports.iter().filter(|report| decides(report)).cloned().collect();
    let inexact = |report: &&mut Report| !report.engine.exact && !report.engine.hardware();
    for report in reports.iter_mut().filter(inexact) {
        let model = report.engine.model();
        let decided = exact.iter().find(|exact| exact.engine.model() == model);
        if let Some(decided) = decided {
            let second = second(report, decided);
            report.notes.retain(|note| *note != Note::FalseAlarm);
            if second.overruled {
                report.notes.push(Note::Overruled(second.clone()));
            }
            report.second = Some(second);
        }
        let failure = report.failure.as_ref();
        let certain = exact.iter().filter_map(|exact| exact.failure.as_ref());
        if failure.is_some_and(|failure| certain.into_iter().any(|other| same(failure, other))) {
            report.notes.retain(|note| *note != Note::FalseAlarm);
        }
    }
}

/// The reports that decide: not those that are second opinions.
pub fn deciding(reports: &[Report]) -> impl Iterator<Item = &Report> {
    reports.iter().filter(|report| report.second.is_none())
}

/// The same kind of failure, and the same outcome where it is one.
fn same(one: &Failure, other: &Failure) -> bool {
    one.kind == other.kind && one.outcome() == other.outcome()
}

fn second(report: &Report, decided: &Report) -> Second {
    let (alarm, missed) = (
        report.failure.is_some() && decided.failure.is_none(),
        report.verdict() == Verdict::Passed && decided.failure.is_some(),
    );
    let known = |spot: &&BlindSpot| match spot {
        BlindSpot::StoreAgainstRmw => alarm || missed,
        BlindSpot::SeqcstAccess | BlindSpot::IncoherentOrder | BlindSpot::TryLock => alarm,
        BlindSpot::SeqcstFence => alarm || missed,
        BlindSpot::ManyStores
        | BlindSpot::FailedExchange
        | BlindSpot::LostInterleavings
        | BlindSpot::Tokens
        | BlindSpot::Readers
        | BlindSpot::Yield
        | BlindSpot::Wakeup
        | BlindSpot::WeakExchange => missed,
        BlindSpot::LoadBuffering | BlindSpot::Said(_) => false,
    };
    Second {
        by: decided.engine.name.clone(),
        overruled: alarm || missed,
        alarm,
        causes: report.blind_spots.iter().filter(known).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Engine, GRAPHS, LOOM, REDUCED};
    use crate::report::{End, Kind, Stop};
    use crate::words::samples;

    fn passing(engine: &dyn Engine) -> Report {
        samples::report(engine, End::Complete)
    }

    fn failing(engine: &dyn Engine, kind: Kind, id: &str) -> Report {
        Report {
            failure: Some(samples::failure(kind, id, Vec::new())),
            notes: vec![Note::FalseAlarm],
            ..passing(engine)
        }
    }

    #[test]
    fn what_an_interleaving_shows_is_certain() {
        let noted = |other: Report| {
            let mut reports = [other, failing(LOOM, Kind::Forbidden, "LOST")];
            weigh(&mut reports);
            reports[1].notes.len()
        };
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "LOST")), 0);
        assert_eq!(noted(failing(REDUCED, Kind::Forbidden, "TORN")), 1);
        assert_eq!(noted(failing(REDUCED, Kind::Deadlock, "LOST")), 1);
        assert_eq!(noted(passing(REDUCED)), 1);
    }

    #[test]
    fn an_exact_engine_of_the_same_model_decides() {
        let weighed = |exact: Report, loom: Report| {
            let mut reports = [exact, loom];
            weigh(&mut reports);
            assert_eq!(reports[0].second, None);
            reports[1].second.clone()
        };
        let known = vec![BlindSpot::SeqcstAccess, BlindSpot::LostInterleavings];
        let alarm = Report { blind_spots: known.clone(), ..failing(LOOM, Kind::Forbidden, "LOST") };
        let second = weighed(passing(GRAPHS), alarm.clone()).expect("a second opinion");
        assert!(second.overruled && second.alarm);
        assert_eq!(second.causes, [BlindSpot::SeqcstAccess]);
        let missed = Report { blind_spots: known, ..passing(LOOM) };
        let caught = failing(GRAPHS, Kind::Forbidden, "LOST");
        let second = weighed(caught, missed).expect("a second opinion");
        assert!(second.overruled && !second.alarm);
        assert_eq!(second.causes, [BlindSpot::LostInterleavings]);
        let cut = Report { end: End::Cut(Stop::Time(1.0)), ..passing(GRAPHS) };
        assert_eq!(weighed(cut, alarm.clone()), None, "who has not come to an end");
        assert_eq!(weighed(passing(REDUCED), alarm), None, "who decides another model");
        let cut = Report { end: End::Cut(Stop::Time(1.0)), ..passing(LOOM) };
        assert!(!weighed(passing(GRAPHS), cut).expect("a second opinion").overruled);
    }
}
