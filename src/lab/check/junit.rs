//! A call as JUnit has tests: a suite, with a test for each engine.

use super::Checked;
use crate::report::{Report, Verdict};
use crate::words::{Page, report, verdict};

/// What one call in a test found. A failure is `failure`, and what was not decided `error`; where an
/// exploration was only bounded, its verdict says so in `system-out`.
pub(super) fn document(test: &str, call: u32, checked: &Checked) -> String {
    let reports: Vec<&Report> = checked.reports.iter().chain(&checked.machine).collect();
    let failures = reports.iter().filter(|report| failed(report)).count() + checked.missing.len();
    let errors = reports.iter().filter(|report| undecided(report)).count();
    let tests = reports.len() + checked.missing.len();
    let seconds: f64 = reports.iter().map(|report| report.seconds).sum();
    let suite = format!("{test}.{call}");
    let counts = format!(
        "tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{seconds:.3}\""
    );
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml += &format!("<testsuites name=\"racelab\" {counts}>\n");
    xml += &format!("  <testsuite name=\"{}\" {counts}>\n", escaped(&suite));
    for report in reports {
        xml += &engine(&suite, report);
    }
    for row in &checked.missing {
        let said = format!("required, and never came up: {}", row.id);
        let name = format!("required: {}", row.id);
        xml += &case(&suite, &name, 0.0, &element("failure", "missing", &said, ""));
    }
    xml + "  </testsuite>\n</testsuites>\n"
}

fn failed(report: &Report) -> bool {
    matches!(report.verdict(), Verdict::Caught | Verdict::Crashed | Verdict::Hung)
        && report.second.is_none()
}

fn undecided(report: &Report) -> bool {
    matches!(report.verdict(), Verdict::Inconclusive | Verdict::Undecided)
        && report.second.is_none()
}

fn engine(suite: &str, report: &Report) -> String {
    let said = verdict::line(report);
    let shown = || report::text(report, &Page::default());
    let inside = match failed(report) {
        true => {
            let kind = report.failure.as_ref().map_or("failure", |failure| failure.kind.words());
            element("failure", kind, &said, &shown())
        }
        false if undecided(report) => element("error", "undecided", &said, &shown()),
        false => format!("      <system-out>{}</system-out>\n", escaped(&said)),
    };
    case(suite, &report.engine.name, report.seconds, &inside)
}

fn case(suite: &str, name: &str, seconds: f64, inside: &str) -> String {
    let (suite, name) = (escaped(suite), escaped(name));
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
