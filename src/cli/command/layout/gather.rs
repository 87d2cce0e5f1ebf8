//! Finds out what else was asked about the types: a suggestion, measurements, pahole's verdict.

use std::collections::HashMap;

use racelab::explore::native::figures::CostReport;
use racelab::explore::native::sharing::{self, Settings};
use racelab_demos::course::Demo;
use racelab_layout::dwarf::{Found, Refusal};
use racelab_layout::findings::{Checked, Findings, Measured, Timed};
use racelab_layout::perf::{Joined, accesses, join};
use racelab_layout::suggest::suggest;
use racelab_layout::verify::{Verified, verify};
use racelab_layout::{Judged, TypeLayout, measure};

use super::args::{Format, LayoutArgs};

/// The findings on each of `types`, in order.
pub(super) fn findings(
    args: &LayoutArgs,
    types: &[Judged],
    joined: Vec<Joined>,
) -> Result<Vec<Findings>, Refusal> {
    let mut verified = Vec::new();
    if let Some(file) = args.bin.as_ref().filter(|_| args.verify) {
        let layouts: Vec<TypeLayout> = types.iter().map(|judged| judged.layout.clone()).collect();
        let verification = verify(file, &layouts)?;
        let version = &verification.version;
        let checked = |verdict| Checked { version: version.clone(), verdict };
        verified = verification.types.into_iter().map(checked).collect();
    }
    let (mut verified, mut joined) = (verified.into_iter(), joined.into_iter());
    let mut costs = Costs::default();
    let of = |judged: &Judged| Findings {
        suggestion: args.suggest.then(|| suggest(judged)),
        measured: args.measure.then(|| Measured {
            starts: measure::starts(judged.layout.size, judged.layout.align, judged.cache_line),
            cost: costs.of(&judged.layout),
        }),
        perf: joined.next(),
        verified: verified.next(),
    };
    Ok(types.iter().map(of).collect())
}

/// Where the accesses fell that perf recorded, for each of the types; empty if nobody asked.
pub(super) fn perf(args: &LayoutArgs, found: &Found) -> Result<Vec<Joined>, Refusal> {
    let Some(file) = &args.perf else { return Ok(Vec::new()) };
    let cannot = |why: &dyn std::fmt::Display| {
        Refusal::usage(format!(
            "cannot read {} as accesses to memory: {why}; write it by `perf script -F \
             comm,tid,cpu,time,event,addr,data_src` after `perf mem record`",
            file.display()
        ))
    };
    let text = std::fs::read(file).map_err(|error| cannot(&error))?;
    let accesses = accesses(&String::from_utf8_lossy(&text));
    if accesses.is_empty() {
        return Err(cannot(&"no line has an event and an address"));
    }
    let objects = match (args.objects.as_slice(), found.address) {
        ([], None) => {
            return Err(Refusal::usage(
                "where is an object of this type? give its address by --at, or name a variable",
            ));
        }
        ([], Some(address)) => vec![address],
        (objects, _) => objects.to_vec(),
    };
    Ok(found.types.iter().map(|layout| join(layout, &objects, &accesses)).collect())
}

/// The Go program that shows Go's maps and locks.
pub(super) fn go_sample(args: &LayoutArgs) -> String {
    const SAMPLE: &str = include_str!("sample.go");
    match args.shape() {
        Format::Json => {
            let document = serde_json::json!({
                "schema": "racelab/2", "command": "layout", "types": [], "go_sample": SAMPLE
            });
            format!("{document}\n")
        }
        _ => SAMPLE.to_owned(),
    }
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
    let memory = |scenario: &racelab::Scenario| scenario.layouts().into_iter().next();
    let version = demo
        .versions
        .iter()
        .find(|version| memory(version.scenario).is_some_and(|memory| memory.path == layout.path));
    version.map(|version| version.name())
}
