//! The machine may not contradict the model: what real threads showed that no execution shows.

use crate::outcome::Grade;
use crate::report::{Contradiction, Kind, OutcomeCount, Report, Shown, Suspect, Verdict};
use crate::second::deciding;

/// What the machine showed that these reports on one version exclude; `None` where they exclude
/// nothing, because something failed, a bound was set or time ran out, and where the machine
/// showed nothing else.
///
/// An outcome is excluded when no engine came by it and one that explores reordering saw
/// everything. Interleavings alone exclude it only where the program is [`Report::sequential`]:
/// elsewhere a machine may show more. So it is with a panic, which is an outcome of its own. A
/// crash and a hang are excluded by any engine that saw everything. A process that ran out of
/// memory shows nothing of the race.
pub(crate) fn contradiction(reports: &[Report], machine: &Report) -> Option<Contradiction> {
    let passed = |report: &Report| report.verdict() == Verdict::Passed;
    let exhaustive = || deciding(reports).filter(|report| report.exhaustive());
    if !deciding(reports).all(passed) || exhaustive().next().is_none() {
        return None;
    }
    let excludes = exhaustive().any(|report| report.engine.reorders() || report.sequential);
    let seen = |id: &str| deciding(reports).flat_map(Report::came_up).any(|row| row.id == id);
    let excluded = |row: &&OutcomeCount| excludes && row.count > 0 && !seen(&row.id);
    let worst = |row: &&OutcomeCount| (row.grade == Grade::Forbidden, row.count);
    let failure = machine.failure.as_ref();
    let failure = failure.filter(|failure| match failure.kind {
        Kind::Crash | Kind::Hang => true,
        Kind::Panic => excludes,
        _ => false,
    });
    let shown = match machine.outcomes.iter().filter(excluded).max_by_key(worst) {
        Some(row) => {
            Shown::Outcome { id: row.id.clone(), count: row.count, runs: machine.executions }
        }
        None => failure.map(|failure| Shown::Failure(failure.kind, failure.why.clone()))?,
    };
    let mut suspects: Vec<Suspect> = Vec::new();
    for spot in reports.iter().flat_map(|report| &report.blind_spots) {
        let suspect = Suspect::Trap(spot.clone());
        if !suspects.contains(&suspect) {
            suspects.push(suspect);
        }
    }
    let limits = reports.iter().filter_map(|report| report.unreasonable.as_ref()?.yields);
    suspects.extend(limits.map(Suspect::LongLoop));
    Some(Contradiction { shown, suspects })
}

/// Holds what the machine showed against these reports on one version: where it contradicts them,
/// none of them has passed.
pub(crate) fn confront(reports: &mut [Report], machine: &Report) {
    let found = contradiction(reports, machine);
    for report in reports {
        report.contradiction.clone_from(&found);
    }
}

#[cfg(test)]
mod tests;
