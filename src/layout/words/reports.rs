//! An audit for other tools: SARIF for those that show findings beside the source, JUnit for those
//! that count tests.
//!
//! Both documents are made of a handful of objects, and written out here: a crate with all that the
//! formats know would be generated and compiled in every build.

use std::collections::HashMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use racelab::foreign;
use serde_json::{Value, json};

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

fn rule(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::DataRace => (RULES[0].0, "error"),
        Verdict::Certain => (RULES[1].0, "error"),
        Verdict::Likely => (RULES[2].0, "warning"),
        Verdict::Maybe => (RULES[3].0, "note"),
    }
}

/// The findings as SARIF 2.1.0: every verdict, or, against a baseline, what is worse.
pub fn sarif(rows: &[Row], worse: Option<&[Worse]>) -> String {
    let results: Vec<Value> = match worse {
        Some(worse) => {
            let one = |worse: &Worse| {
                let text = format!("{}: {}", worse.row.name, worse.why.join("; "));
                result(&worse.row, RULES[4].0, "error", text)
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
    let rules = RULES.map(|(id, words)| json!({"id": id, "shortDescription": {"text": words}}));
    let version = env!("CARGO_PKG_VERSION");
    let driver = json!({"name": "racelab", "version": version, "rules": rules});
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    });
    document.to_string()
}

fn result(row: &Row, rule: &str, level: &str, text: String) -> Value {
    let file = row.place.as_ref().map_or("", |(file, _)| file.as_str());
    // None, or the one that is known.
    let locations: Vec<Value> =
        row.place.iter().map(|(file, line)| location(file, *line)).collect();
    json!({
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": locations,
        // Known by the file and the name: it may move within the file.
        "partialFingerprints": {"type/v1": format!("{file}:{}", row.name)},
    })
}

fn location(file: &str, line: u32) -> Value {
    let artifact = json!({"uri": file});
    json!({"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": line}}})
}

/// A test for each type, which fails where false sharing or a data race was found or, against a
/// baseline, where the type is worse.
pub fn junit(rows: &[Row], worse: Option<&[Worse]>) -> String {
    let worse: Option<HashMap<(&str, Option<&str>), &Worse>> =
        worse.map(|worse| worse.iter().map(|worse| (key(&worse.row), worse)).collect());
    let failure = |row: &Row| match &worse {
        Some(worse) => worse.get(&key(row)).map(|worse| worse.why.join("; ")),
        None => {
            let strong = row.verdict.filter(|(verdict, _)| *verdict >= Verdict::Likely);
            strong.map(|(verdict, _)| format!("{}: {}", rule(verdict).0, row.fields.join(", ")))
        }
    };
    let tests: Vec<_> = rows.iter().map(|row| (row, failure(row))).collect();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 4);
    suites(&mut xml, &tests).expect("memory takes all of it");
    String::from_utf8(xml.into_inner()).expect("it was made of strings") + "\n"
}

/// One suite of all the tests, each with what is wrong with it.
fn suites(xml: &mut Writer<Vec<u8>>, tests: &[(&Row, Option<String>)]) -> io::Result<()> {
    let all = tests.len().to_string();
    let failures = tests.iter().filter(|(_, failure)| failure.is_some()).count().to_string();
    let (all, failures) = (all.as_str(), failures.as_str());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = [("tests", all), ("skipped", "0"), ("failures", failures), ("errors", "0")];
    let suites = xml.create_element("testsuites").with_attribute(("name", "racelab layout"));
    suites.with_attributes(counts).write_inner_content(|xml| {
        let counts = [("tests", all), ("skipped", "0"), ("errors", "0"), ("failures", failures)];
        let suite = xml.create_element("testsuite").with_attribute(("name", "types"));
        let suite = suite.with_attributes(counts);
        if tests.is_empty() {
            return suite.write_empty().map(|_| ());
        }
        suite.write_inner_content(|xml| tests.iter().try_for_each(|of| test(xml, of))).map(|_| ())
    })?;
    Ok(())
}

fn test(xml: &mut Writer<Vec<u8>>, (row, failure): &(&Row, Option<String>)) -> io::Result<()> {
    let name = foreign::line(&row.name);
    let mut test = xml.create_element("testcase").with_attribute(("name", name.as_str()));
    if let Some((file, _)) = &row.place {
        test = test.with_attribute(("classname", foreign::line(file).as_str()));
    }
    match failure {
        None => test.write_empty()?,
        Some(why) => test.write_inner_content(|xml| {
            let failure = xml.create_element("failure");
            failure.with_attribute(("message", foreign::line(why).as_str())).write_empty()?;
            Ok(())
        })?,
    };
    Ok(())
}

fn key(row: &Row) -> (&str, Option<&str>) {
    (&row.name, row.place.as_ref().map(|(file, _)| file.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = Row {
            name: "Map<u64, &'a \"k\">".to_owned(),
            kind: "struct",
            size: 48,
            align: (8, false),
            holes: 1,
            largest_hole: 4,
            waste: 4,
            lines: 2,
            verdict: Some((Verdict::Likely, 0.75)),
            fields: vec!["left".to_owned(), "right".to_owned()],
            place: Some(("src/map.rs".to_owned(), 7)),
        };
        let hostile = Row {
            name: "T\u{1b}[2J".to_owned(),
            verdict: Some((Verdict::Maybe, 1.0)),
            place: None,
            ..row.clone()
        };
        vec![Row { name: "Plain".to_owned(), verdict: None, ..row.clone() }, row, hostile]
    }

    #[test]
    fn what_was_found_is_sarif() {
        let document: Value = serde_json::from_str(&sarif(&rows(), None)).expect("JSON");
        assert_eq!((&document["version"], &document["runs"][1]), (&json!("2.1.0"), &Value::Null));
        let run = &document["runs"][0];
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), 2, "nothing was found of the first: {run}");
        let expected = json!({
            "ruleId": "false-sharing-likely",
            "level": "warning",
            "message": {"text": "Map<u64, &'a \"k\">: left, right, at 75 % of starts"},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "src/map.rs"}, "region": {"startLine": 7},
            }}],
            "partialFingerprints": {"type/v1": "src/map.rs:Map<u64, &'a \"k\">"},
        });
        assert_eq!(results[0], expected);
        assert_eq!((&results[1]["level"], &results[1]["locations"]), (&json!("note"), &json!([])));
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let known = |of: &Value| rules.iter().any(|rule| rule["id"] == of["ruleId"]);
        assert!(results.iter().all(known), "{run}");
    }

    #[test]
    fn each_type_is_a_test_of_junit() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="racelab layout" tests="3" skipped="0" failures="1" errors="0">
    <testsuite name="types" tests="3" skipped="0" errors="0" failures="1">
        <testcase name="Plain" classname="src/map.rs"/>
        <testcase name="Map&lt;u64, &amp;&apos;a &quot;k&quot;&gt;" classname="src/map.rs">
            <failure message="false-sharing-likely: left, right"/>
        </testcase>
        <testcase name="T\u{1b}[2J"/>
    </testsuite>
</testsuites>
"#;
        assert_eq!(junit(&rows(), None), expected);
        let none = junit(&[], None);
        assert!(none.contains("failures=\"0\"/>\n</testsuites>"), "{none}");
    }

    #[test]
    fn against_a_baseline_only_what_is_worse_fails() {
        let row = rows().remove(0);
        let worse = [Worse { row, why: vec!["it is new".to_owned(), "it <grew>".to_owned()] }];
        let xml = junit(&rows(), Some(&worse));
        assert_eq!(xml.matches("<failure").count(), 1, "{xml}");
        assert!(xml.contains("<failure message=\"it is new; it &lt;grew&gt;\"/>"), "{xml}");
        let document: Value = serde_json::from_str(&sarif(&rows(), Some(&worse))).expect("JSON");
        let results = document["runs"][0]["results"].as_array().expect("results");
        assert_eq!(results.len(), 1);
        assert_eq!(results[0]["ruleId"], "worse-than-baseline");
        assert_eq!(results[0]["message"]["text"], "Plain: it is new; it <grew>");
    }
}
