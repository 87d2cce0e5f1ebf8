//! Which machines can show a failure, as the checkers have proved it.

use super::run::Run;
use racelab::report::{Failure, Model, Verdict};
use racelab::words::Page;

/// Said where every interleaving passes and reordering makes a version fail; nothing otherwise.
pub(super) fn text(runs: &[Run], indent: &str, page: &Page) -> Option<String> {
    let under = |model: Model| {
        runs.iter().find(move |run| run.engine.exact && run.engine.model() == Some(model))
    };
    let verdict = |model| under(model)?.report().map(|report| report.verdict());
    let fails = under(Model::C11)?.failure().is_some();
    if verdict(Model::Sc)? != Verdict::Passed || !fails {
        return None;
    }
    let says = match (verdict(Model::X86)?, under(Model::X86)?.failure()) {
        (_, Some(failure)) if streams(failure) => {
            "No interleaving fails: this needs reordering. x86 shows it: a store past the caches may \
             arrive after stores that come after it."
        }
        (_, Some(_)) => {
            "No interleaving fails: this needs reordering. x86 shows it: a store waits in its \
             processor while later loads of the same thread go ahead."
        }
        (Verdict::Passed, None) => {
            "No interleaving fails: this needs reordering, and x86 hides it: of the executions that \
             it allows none fails."
        }
        _ => "No interleaving fails: this needs reordering.",
    };
    Some(page.paragraph(indent, indent, says))
}

/// Who can show a failure: `interleavings no, x86 no, other machines yes, this machine no`; nothing
/// where nothing fails, or not everything is known.
pub(super) fn shown_by(runs: &[Run], indent: &str, page: &Page) -> Option<String> {
    let under = |model: Model| {
        let decides = |run: &&Run| run.engine.exact && run.engine.model() == Some(model);
        let report = runs.iter().find(decides)?.report()?;
        match report.verdict() {
            Verdict::Caught => Some("yes"),
            Verdict::Passed => Some("no"),
            _ => None,
        }
    };
    let (sc, x86, c11) = (under(Model::Sc)?, under(Model::X86)?, under(Model::C11)?);
    if c11 == "no" {
        return None;
    }
    let here = runs.iter().filter(|run| run.native()).find_map(Run::report);
    let here = here.map(|report| match report.failure {
        Some(_) => ", this machine yes",
        None => ", this machine not in this run",
    });
    let says = format!(
        "Who can show it: interleavings {sc}, x86 {x86}, other machines {c11}{}.",
        here.unwrap_or_default()
    );
    Some(page.paragraph(indent, indent, &says))
}

/// Whether a failing execution has stores past the caches.
fn streams(failure: &Failure) -> bool {
    failure.steps.iter().any(|step| step.op == "stream")
}
