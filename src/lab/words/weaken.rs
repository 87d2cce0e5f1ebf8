//! Weakenings in words: what stood where, what was done to it, and who objected.

use std::fmt;

use super::{note, verdict, why};
use crate::explore::weaken::{Footnote, How, Need, Objection, TriedWeakening, Weaker};
use crate::report::{EngineFacts, Kind, Model, Report};

/// Why there is no table.
pub fn refused(report: &Report) -> String {
    format!("the unchanged version does not pass: {}", verdict::line(report))
}

/// What stands at a place: `load`, `compare_exchange (failing)`, `lock`.
pub fn operation(what: &Weaker) -> String {
    format!("{}{}", what.operation, if what.failing { " (failing)" } else { "" })
}

/// What was done to it: `Release -> Relaxed`, `left out`, `exchanged with line 12`.
pub fn how(how: &How) -> String {
    match how {
        How::Ordering { from, to } => format!("{from} -> {to}"),
        How::LeftOut => "left out".to_string(),
        How::Exchanged(line) => format!("exchanged with line {line}"),
    }
}

/// What became of a weakening: where it is needed.
pub fn need(row: &TriedWeakening) -> &'static str {
    match (row.verdict, row.under) {
        // What the language gives no meaning is wrong wherever it runs.
        (Need::Needed, _) if races(row) => "needed by the language: fails with",
        (Need::Needed, Some(Model::Sc)) => "needed on any machine: fails with",
        (Need::Needed, Some(Model::X86)) => "needed on x86 and on what reorders more: fails with",
        (Need::Needed, Some(Model::C11)) => {
            "needed where more is reordered than on x86: fails with"
        }
        (Need::Needed, None) => "needed: fails with",
        (Need::NotNeeded, _) => "not needed here",
        (Need::Unknown, _) => "unknown:",
    }
}

fn races(row: &TriedWeakening) -> bool {
    matches!(row.objection, Some(Objection::Fails { kind: Kind::DataRace, .. }))
}

/// What an engine has to say against a weaker version.
pub fn objection(objection: &Objection) -> String {
    let name = |engine: &EngineFacts| match engine.interleaves() {
        true => "an interleaving".to_string(),
        false => engine.label(),
    };
    match objection {
        Objection::Fails { kind, why, engine, twice } => {
            let by = match kind {
                Kind::DataRace if engine.interleaves() => "clocks".to_string(),
                _ => name(engine),
            };
            let said = why::first_line(why);
            let said =
                if said.is_empty() { kind.words() } else { said.trim_end_matches(['.', ':']) };
            let twice = if *twice { ", each actor twice" } else { "" };
            format!("{said} ({}, {by}{twice})", kind.words())
        }
        Objection::Dies(how, engine) => {
            format!("the process died: {} ({})", why::death(how), name(engine))
        }
        Objection::Open(report) => verdict::line(report),
    }
}

/// One of the weakenings that go together: `line 24 store: Release -> Relaxed`.
pub fn together(what: &Weaker) -> String {
    format!("line {} {}: {}", what.line, operation(what), how(&what.how))
}

/// What a table does not cover.
pub fn footnote(note: &Footnote) -> &str {
    match note {
        Footnote::Blind(spot) => note::spot(spot),
        Footnote::OfThisScenario => {
            "\"not needed\" is about this scenario and its judge: what nobody reads, nothing protects"
        }
        Footnote::OneAtATime => {
            "one at a time is not together: the last line says what was left out at once"
        }
        Footnote::Engine(words) => words,
    }
}

impl fmt::Display for Weaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", operation(self), how(&self.how))
    }
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&objection(self))
    }
}
