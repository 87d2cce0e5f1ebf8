//! A call as JUnit has tests: a suite, with a test for each engine.

use super::{Checked, CheckedAgainst};
use crate::against::{Amounts, Tested};
use crate::report::{Report, Verdict};
use crate::trial::DiedIn;
use crate::words::{Page, against, report, verdict};

/// One engine in one call.
pub(super) struct Test {
    name: String,
    seconds: f64,
    /// Its verdict in one line, with its bounds.
    said: String,
    became: Became,
}

/// What became of a test.
enum Became {
    /// A `failure`, of this kind.
    Failed {
        kind: &'static str,
        text: String,
    },
    /// An `error`: it was not decided.
    Undecided {
        text: String,
    },
    Passed,
}

/// A call of `check`, `model` and their like.
pub(super) fn of_checked(checked: &Checked) -> Vec<Test> {
    let engines = checked.reports.iter().chain(&checked.machine).map(of_report);
    let missing = checked.missing.iter().map(|row| Test {
        name: format!("required: {}", row.id),
        seconds: 0.0,
        said: format!("required, and never came up: {}", row.id),
        became: Became::Failed { kind: "missing", text: String::new() },
    });
    engines.chain(missing).collect()
}

fn of_report(report: &Report) -> Test {
    let text = || report::text(report, &Page::default());
    let kind = report.failure.as_ref().map_or("failure", |failure| failure.kind.words());
    let became = match report.verdict() {
        // Another engine decides.
        _ if report.second.is_some() => Became::Passed,
        Verdict::Caught | Verdict::Crashed | Verdict::Hung => Became::Failed { kind, text: text() },
        Verdict::Inconclusive | Verdict::Undecided => Became::Undecided { text: text() },
        _ => Became::Passed,
    };
    let (name, seconds) = (report.engine.name.clone(), report.seconds);
    Test { name, seconds, said: verdict::line(report), became }
}

/// A call of `check_against` and its like.
pub(super) fn of_against(checked: &CheckedAgainst) -> Vec<Test> {
    let test = |tested: &Result<Tested, Box<DiedIn>>| match tested {
        Ok(tested) => of_tested(tested),
        Err(died) => Test {
            name: "generated scenarios".to_string(),
            seconds: 0.0,
            said: against::died(died),
            became: Became::Failed { kind: "died", text: String::new() },
        },
    };
    checked.tested.iter().map(test).collect()
}

fn of_tested(tested: &Tested) -> Test {
    let text = || against::text(tested, &Page::default());
    let kind = tested.failed.as_ref().map_or("failure", |failed| failed.failure.kind.words());
    let became = match tested.amounts() {
        Amounts::Failed => Became::Failed { kind, text: text() },
        Amounts::Undecided | Amounts::NoTime => Became::Undecided { text: text() },
        Amounts::Passed | Amounts::NotJudged => Became::Passed,
    };
    let (name, seconds) = (tested.engine.name.clone(), tested.seconds);
    Test { name, seconds, said: against::line(tested), became }
}

/// The document of a call.
pub(super) fn suite(name: &str, tests: &[Test]) -> String {
    let of = |which: fn(&Became) -> bool| tests.iter().filter(|test| which(&test.became)).count();
    let failures = of(|became| matches!(became, Became::Failed { .. }));
    let errors = of(|became| matches!(became, Became::Undecided { .. }));
    let seconds: f64 = tests.iter().map(|test| test.seconds).sum();
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{seconds:.3}\"",
        tests.len()
    );
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml += &format!("<testsuites name=\"racelab\" {counts}>\n");
    xml += &format!("  <testsuite name=\"{}\" {counts}>\n", escaped(name));
    tests.iter().for_each(|test| xml += &case(name, test));
    xml + "  </testsuite>\n</testsuites>\n"
}

fn case(suite: &str, test: &Test) -> String {
    let (suite, name, seconds) = (escaped(suite), escaped(&test.name), test.seconds);
    let inside = match &test.became {
        Became::Failed { kind, text } => element("failure", kind, &test.said, text),
        Became::Undecided { text } => element("error", "undecided", &test.said, text),
        Became::Passed => format!("      <system-out>{}</system-out>\n", escaped(&test.said)),
    };
    format!(
        "    <testcase classname=\"{suite}\" name=\"{name}\" time=\"{seconds:.3}\">\n{inside}    </testcase>\n"
    )
}

fn element(name: &str, kind: &str, said: &str, text: &str) -> String {
    let (kind, said, text) = (escaped(kind), escaped(said), escaped(text));
    format!("      <{name} type=\"{kind}\" message=\"{said}\">{text}</{name}>\n")
}

/// As XML 1.0 has text: the signs of its own named, and characters that it does not have left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\t' | '\n' => escaped.push(sign),
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a<b> & \"c\"\u{1b}[0m\n"), "a&lt;b&gt; &amp; &quot;c&quot;[0m\n");
    }
}
