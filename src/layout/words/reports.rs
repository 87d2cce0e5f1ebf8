//! An audit for other tools: SARIF for those that show findings beside the source, JUnit for those
//! that count tests.

use std::collections::HashMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_sarif::sarif;

use crate::audit::Row;
use crate::audit::baseline::Worse;
use crate::sharing::Verdict;

/// The rules of a SARIF report: what each verdict is called there, and in words.
const RULES: [(&str, &str); 5] = [
    ("data-race", "Two threads write bit-fields of one memory location"),
    ("false-sharing-certain", "Different threads use fields of one cache line, wherever it starts"),
    ("false-sharing-likely", "Different threads use fields of one cache line at some starts"),
    (
        "synchronised-words-meet",
        "Atomics or locks share a cache line; their users are not declared",
    ),
    ("worse-than-baseline", "The type is worse than the baseline says"),
];

fn rule(verdict: Verdict) -> (&'static str, sarif::ResultLevel) {
    match verdict {
        Verdict::DataRace => (RULES[0].0, sarif::ResultLevel::Error),
        Verdict::Certain => (RULES[1].0, sarif::ResultLevel::Error),
        Verdict::Likely => (RULES[2].0, sarif::ResultLevel::Warning),
        Verdict::Maybe => (RULES[3].0, sarif::ResultLevel::Note),
    }
}

/// The findings as SARIF 2.1.0: every verdict, or, against a baseline, what is worse.
pub fn sarif(rows: &[Row], worse: Option<&[Worse]>) -> String {
    let results: Vec<sarif::Result> = match worse {
        Some(worse) => {
            let one = |worse: &Worse| {
                let text = format!("{}: {}", worse.row.name, worse.why.join("; "));
                result(&worse.row, RULES[4].0, sarif::ResultLevel::Error, text)
            };
            worse.iter().map(one).collect()
        }
        None => {
            let one = |row: &Row| {
                let (verdict, share) = row.verdict?;
                let (rule, level) = rule(verdict);
                let fields = row.fields.join(", ");
                let text = format!("{}: {fields}, at {:.0} % of starts", row.name, share * 100.0);
                Some(result(row, rule, level, text))
            };
            rows.iter().filter_map(one).collect()
        }
    };
    let rules = RULES.map(|(id, words)| {
        let words = sarif::MultiformatMessageString::builder().text(words).build();
        sarif::ReportingDescriptor::builder().id(id).short_description(words).build()
    });
    let driver = sarif::ToolComponent::builder()
        .name("racelab")
        .version(env!("CARGO_PKG_VERSION"))
        .rules(rules)
        .build();
    let run =
        sarif::Run::builder().tool(sarif::Tool::builder().driver(driver).build()).results(results);
    let document = sarif::Sarif::builder()
        .version(serde_json::json!("2.1.0"))
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .runs(vec![run.build()])
        .build();
    serde_json::to_string(&document).expect("strings and numbers are always JSON")
}

fn result(row: &Row, rule: &str, level: sarif::ResultLevel, text: String) -> sarif::Result {
    let message = sarif::Message::builder().text(text).build();
    let file = row.place.as_ref().map_or("", |(file, _)| file.as_str());
    // Known by the file and the name: it may move within the file.
    let print =
        std::collections::BTreeMap::from([("type/v1".to_owned(), format!("{file}:{}", row.name))]);
    let location = row.place.as_ref().map(|(file, line)| {
        let artifact = sarif::ArtifactLocation::builder().uri(file.as_str()).build();
        let region = sarif::Region::builder().start_line(i64::from(*line)).build();
        let place = sarif::PhysicalLocation::builder().artifact_location(artifact).region(region);
        sarif::Location::builder().physical_location(place.build()).build()
    });
    sarif::Result::builder()
        .rule_id(rule)
        .level(level)
        .message(message)
        .locations(location.into_iter().collect::<Vec<_>>())
        .partial_fingerprints(print)
        .build()
}

/// A test for each type, which fails where false sharing or a data race was found or, against a
/// baseline, where the type is worse.
pub fn junit(rows: &[Row], worse: Option<&[Worse]>) -> String {
    let mut report = Report::new("racelab layout");
    let mut suite = TestSuite::new("types");
    let worse: Option<HashMap<(&str, Option<&str>), &Worse>> =
        worse.map(|worse| worse.iter().map(|worse| (key(&worse.row), worse)).collect());
    for row in rows {
        let failure = match &worse {
            Some(worse) => worse.get(&key(row)).map(|worse| worse.why.join("; ")),
            None => {
                let strong = row.verdict.filter(|(verdict, _)| *verdict >= Verdict::Likely);
                strong.map(|(verdict, _)| format!("{}: {}", rule(verdict).0, row.fields.join(", ")))
            }
        };
        let status = match failure {
            None => TestCaseStatus::success(),
            Some(why) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(why);
                status
            }
        };
        let mut case = TestCase::new(row.name.as_str(), status);
        if let Some((file, _)) = &row.place {
            case.set_classname(file.as_str());
        }
        suite.add_test_case(case);
    }
    report.add_test_suite(suite);
    report.to_string().unwrap_or_default()
}

fn key(row: &Row) -> (&str, Option<&str>) {
    (&row.name, row.place.as_ref().map(|(file, _)| file.as_str()))
}
