//! Finds out what else was asked about the types: a suggestion, measurements, pahole's verdict.

use std::collections::HashMap;

use racelab::explore::native::figures::CostReport;
use racelab::explore::native::sharing::{self, Settings};
use racelab_demos::course::Demo;
use racelab_layout::dwarf::Refusal;
use racelab_layout::findings::{Checked, Findings, Measured, Timed};
use racelab_layout::suggest::suggest;
use racelab_layout::verify::{Verified, verify};
use racelab_layout::{Judged, TypeLayout, measure};

use super::args::LayoutArgs;

/// The findings on each of `types`, in order.
pub(super) fn findings(args: &LayoutArgs, types: &[Judged]) -> Result<Vec<Findings>, Refusal> {
    let mut verified = Vec::new();
    if let Some(file) = args.bin.as_ref().filter(|_| args.verify) {
        let layouts: Vec<TypeLayout> = types.iter().map(|judged| judged.layout.clone()).collect();
        let verification = verify(file, &layouts)?;
        let version = &verification.version;
        let checked = |verdict| Checked { version: version.clone(), verdict };
        verified = verification.types.into_iter().map(checked).collect();
    }
    let mut verified = verified.into_iter();
    let mut costs = Costs::default();
    let of = |judged: &Judged| Findings {
        suggestion: args.suggest.then(|| suggest(judged)),
        measured: args.measure.then(|| Measured {
            starts: measure::starts(judged.layout.size, judged.layout.align, judged.cache_line),
            cost: costs.of(&judged.layout),
        }),
        verified: verified.next(),
    };
    Ok(types.iter().map(of).collect())
}

/// 1 where pahole says something else, which is a fault of one of the two.
pub(super) fn exit_code(findings: &[Findings]) -> u8 {
    let differs = |findings: &Findings| {
        let checked = findings.verified.as_ref();
        checked.is_some_and(|checked| matches!(checked.verdict, Verified::Differs(_)))
    };
    findings.iter().any(differs).into()
}

/// Each demo's variants are measured against each other once, however many types it has.
#[derive(Default)]
struct Costs {
    reports: HashMap<&'static str, CostReport>,
}

impl Costs {
    /// The time of the variant whose whole memory this type is.
    fn of(&mut self, layout: &TypeLayout) -> Option<Timed> {
        let (demo, variant) =
            racelab_demos::every().find_map(|demo| Some((demo, variant(demo, layout)?)))?;
        let cost = demo.cost?;
        cost.variants.iter().find(|contestant| contestant.name() == variant)?;
        let measure = || sharing::measure(cost, &Settings::default());
        let report = self.reports.entry(demo.name).or_insert_with(measure);
        Some(Timed { variant, baseline: cost.baseline.to_owned(), report: report.clone() })
    }
}

/// The version of `demo` that has this type for its memory.
fn variant(demo: &Demo, layout: &TypeLayout) -> Option<String> {
    let memory = |scenario: &racelab::Scenario| scenario.native.layouts().into_iter().next();
    let version = demo
        .versions
        .iter()
        .find(|version| memory(version.scenario).is_some_and(|memory| memory.path == layout.path));
    version.map(|version| version.name())
}
