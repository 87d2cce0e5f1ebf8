//! `racelab check --merge`: the reports on the shares of a whole, put together again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use racelab::explore::Engines;
use racelab::report::{Report, Unmerged, Verdict, merge};
use racelab::words::{Page, report as words};
use racelab_demos::course::Turn;
use serde_json::{Value, json};

use super::{Ending, Out, check, explorations, say};
use crate::render::json::{self, Found};
use crate::render::run::Run;

/// What was divided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whole {
    /// A race of a version of a demo, by their names.
    Race { demo: String, version: String, turn: String, engine: String },
    /// A call of `model` or `check` in a test: where it stands, and which of the calls in it.
    Call { place: String, number: u64, engine: String },
}

impl Whole {
    fn words(&self) -> String {
        match self {
            Whole::Race { demo, version, turn, .. } if turn == AGAIN => {
                format!("{demo}/{version}, each actor twice")
            }
            Whole::Race { demo, version, .. } => format!("{demo}/{version}"),
            Whole::Call { place, number, .. } => format!("call {number} at {place}"),
        }
    }
}

/// As a row has it of a second race.
const AGAIN: &str = "again";

/// A share of it, and the file that it is in.
struct Share {
    report: Report,
    file: PathBuf,
    /// The outcomes that a test requires.
    required: Vec<String>,
}

/// Reads, puts together, and says what the whole amounts to.
pub fn run(files: &[PathBuf], table: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let mut wholes: BTreeMap<Whole, Vec<Share>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in files {
        match shares(file) {
            Ok(shares) => {
                for (whole, share) in shares {
                    wholes.entry(whole).or_default().push(share);
                }
            }
            Err(says) => wrong.push(says),
        }
    }
    let mut merged = Vec::new();
    for (whole, shares) in wholes {
        let reports: Vec<Report> = shares.iter().map(|share| share.report.clone()).collect();
        match merge(&reports) {
            Ok(report) => merged.push((whole, report, shares)),
            Err(unmerged) => wrong.push(format!("{}: {}", whole.words(), why(&unmerged, &shares))),
        }
    }
    let mut demos: Vec<Found> = Vec::new();
    let mut tests = Vec::new();
    for (whole, report, shares) in merged {
        match judged(&whole, report.clone(), table) {
            Some(Ok((demo, runs))) => {
                match demos.iter_mut().find(|found| found.demo.name == demo.name) {
                    Some(found) => found.runs.extend(runs),
                    None => demos.push(Found { demo, runs, cost: None, curves: Vec::new() }),
                }
            }
            Some(Err(says)) => wrong.push(says),
            None => tests.push(Test::of(&whole, report, &shares)),
        }
    }
    in_order(&mut demos);
    if !wrong.is_empty() {
        wrong.iter().for_each(say);
        return Ok(Ending::Usage);
    }
    let promises = demos.iter().flat_map(|found| &found.runs).map(|run| &run.promise);
    let ending = tests.iter().map(Test::ending).fold(Ending::of(promises), Ord::max);
    if out.json {
        out.document(&json::merged(&demos, tests.iter().map(Test::json).collect()))?;
        return Ok(ending);
    }
    if !demos.is_empty() {
        out.text(&check::text(&demos, &out.page))?;
    }
    for test in &tests {
        out.text(&test.text(&out.page))?;
    }
    Ok(ending)
}

/// As they are without shares: in the order of the course, each version's first race before its second.
fn in_order(demos: &mut [Found]) {
    let place = |name: &str| racelab_demos::every().position(|demo| demo.name == name);
    demos.sort_by_key(|found| place(found.demo.name));
    for Found { demo, runs, .. } in demos {
        let version = |run: &Run| {
            demo.versions.iter().position(|version| version.name() == run.version.name())
        };
        runs.sort_by_key(|run| (version(run), run.turn == Turn::Again));
    }
}

/// The shares that a file has.
fn shares(file: &Path) -> Result<Vec<(Whole, Share)>, String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {name}: {error}"))?;
    let no_share = || {
        format!(
            "{name} has no share: racelab check --partition K/N --json writes one, and a test where \
             RACELAB_PARTITION and RACELAB_JSON are set"
        )
    };
    let document: Value = serde_json::from_str(&text).map_err(|_| no_share())?;
    let damaged = |error: serde_json::Error| {
        format!("{name} is damaged, or of another version of racelab: {error}")
    };
    // By way of text: a report is read from nothing else, and its code is there once.
    let read = |value: &Value| serde_json::from_str::<Report>(&value.to_string()).map_err(damaged);
    let words = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let mut found = Vec::new();
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for demo in each(&document["demos"]) {
        for run in each(&demo["runs"]).iter().filter(|run| !run["share"].is_null()) {
            let report = read(&run["share"])?;
            let whole = Whole::Race {
                demo: words(&demo["name"]),
                version: words(&run["version"]),
                turn: words(&run["race"]),
                engine: report.engine.name.clone(),
            };
            let share = Share { report, file: file.to_path_buf(), required: Vec::new() };
            found.push((whole, share));
        }
    }
    for report in each(&document["reports"]) {
        let report = read(&report)?;
        let whole = Whole::Call {
            place: words(&document["place"]),
            number: document["call"].as_u64().unwrap_or(0),
            engine: report.engine.name.clone(),
        };
        let required = each(&document["required"]).iter().map(words).collect();
        found.push((whole, Share { report, file: file.to_path_buf(), required }));
    }
    if found.is_empty() { Err(no_share()) } else { Ok(found) }
}

/// Why they are not the shares of a whole, and what to do.
fn why(unmerged: &Unmerged, shares: &[Share]) -> String {
    let file = |at: &usize| shares[*at].file.display();
    match unmerged {
        Unmerged::Whole(at) => {
            format!("{} explored all of it, and no share: it needs no others", file(at))
        }
        Unmerged::Foreign(one, other) => format!(
            "{} and {} are not of one whole: explore all shares with the same program, the same \
             racelab and the same N",
            file(one),
            file(other)
        ),
        Unmerged::Twice(one, other) => {
            let part = shares[*one].report.part.as_ref().map(|part| part.partition.to_string());
            let (one, other, part) = (file(one), file(other), part.unwrap_or_default());
            format!("the share {part} is there twice, in {one} and {other}: leave one out")
        }
        Unmerged::Missing(missing) => {
            let all: Vec<String> = missing.iter().map(ToString::to_string).collect();
            match all.len() {
                1 => format!("the share {} is missing", all[0]),
                _ => format!("the shares {} are missing", all.join(", ")),
            }
        }
    }
}

/// What a whole of the course amounts to; none where it is a test's.
type Judged = Result<(&'static racelab_demos::course::Demo, Vec<Run>), String>;

fn judged(whole: &Whole, report: Report, table: &Engines) -> Option<Judged> {
    let Whole::Race { demo, version, turn, engine } = whole else { return None };
    let found = || {
        let turn = if turn == AGAIN { Turn::Again } else { Turn::First };
        let demo = racelab_demos::find(demo)?;
        let version = demo.version(version)?;
        let (_, verdicts) = version.race(turn)?;
        let engine = table.find(engine)?;
        let runs = explorations::judged((demo, version, turn), &verdicts, engine, report, false);
        Some((demo, runs))
    };
    let says =
        || format!("{} is not known here: was it explored by another racelab?", whole.words());
    Some(found().ok_or_else(says))
}

/// What a test explored.
struct Test {
    words: String,
    place: String,
    number: u64,
    report: Report,
    /// Outcomes that it requires, and that never came up.
    never: Vec<String>,
}

impl Test {
    fn of(whole: &Whole, report: Report, shares: &[Share]) -> Test {
        let (place, number) = match whole {
            Whole::Call { place, number, .. } => (place.clone(), *number),
            Whole::Race { .. } => (String::new(), 0),
        };
        let required = shares.iter().flat_map(|share| &share.required);
        let mut never: Vec<String> =
            required.filter(|id| !report.came_up().any(|row| row.id == **id)).cloned().collect();
        never.sort();
        never.dedup();
        if !report.exhaustive() {
            never.clear();
        }
        Test { words: whole.words(), place, number, report, never }
    }

    fn passed(&self) -> bool {
        self.report.verdict() == Verdict::Passed && self.never.is_empty()
    }

    fn ending(&self) -> Ending {
        match self.report.verdict() {
            _ if self.passed() => Ending::Promised,
            _ if !self.never.is_empty() => Ending::Broken,
            Verdict::Inconclusive | Verdict::NotFound => Ending::Inconclusive,
            _ => Ending::Broken,
        }
    }

    fn text(&self, page: &Page) -> String {
        let mut text = format!("{}\n", self.words);
        for id in &self.never {
            text += &page.paragraph(
                "",
                "  ",
                &format!("NEVER: {id}. It is required, and no execution ends so."),
            );
        }
        text + &words::text(&self.report, page)
    }

    fn json(&self) -> Value {
        json!({
            "place": self.place, "call": self.number, "passed": self.passed(), "never": self.never,
            "verdict": self.report.verdict(), "report": self.report,
        })
    }
}
