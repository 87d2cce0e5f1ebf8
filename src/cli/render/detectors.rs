//! Who notices that a race went on: how often each detector speaks, and out of how many.

use super::run::Run;
use racelab::race::{Detector, Speaks};
use racelab::report::{OutcomeCount, Report};
use racelab::words::{Ink, Page, number};
use serde::Serialize;

/// The heads of the columns.
pub const HEADS: [&str; 3] = ["DETECTOR", "INTERLEAVINGS", "THIS MACHINE"];

/// How often a detector speaks. Where nothing was run that could tell, there is no figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The detector's name.
    pub name: &'static str,
    /// What it takes notice of.
    pub about: &'static str,
    /// Among all interleavings.
    pub interleavings: Option<Figure>,
    /// Among the runs on this machine.
    pub machine: Option<Figure>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Executions in which it speaks.
    pub speaks: u64,
    /// How many executions there were.
    pub of: u64,
}

/// A row for each detector of the first of these versions that has any.
pub fn rows(runs: &[Run]) -> Vec<Row> {
    let Some(first) = runs.iter().find(|run| !run.version.scenario.terms().detectors.is_empty())
    else {
        return Vec::new();
    };
    let row = |detector: &Detector| {
        let version = match detector.speaks {
            Speaks::In(_) => first.version.name(),
            Speaks::FailuresOf(version) => version.to_string(),
        };
        let figure = |fits: fn(&Run) -> bool| {
            let mut runs = runs.iter().filter(|run| run.version.name() == version && fits(run));
            runs.find_map(Run::report).map(|report| figure(detector, report))
        };
        Row {
            name: detector.name,
            about: detector.about,
            interleavings: figure(Run::interleavings),
            machine: figure(Run::native),
        }
    };
    first.version.scenario.terms().detectors.iter().map(row).collect()
}

fn figure(detector: &Detector, report: &Report) -> Figure {
    match detector.speaks {
        Speaks::In(outcomes) => {
            let ends_so = |&(index, _): &(usize, &OutcomeCount)| {
                outcomes.iter().any(|outcome| usize::from(outcome.0) == index)
            };
            let counts = report.outcomes.iter().enumerate().filter(ends_so);
            Figure { speaks: counts.map(|(_, row)| row.count).sum(), of: report.executions }
        }
        Speaks::FailuresOf(_) => {
            Figure { speaks: report.failing, of: report.distinct.unwrap_or(report.executions) }
        }
    }
}

/// The rows as a table.
pub fn text(rows: &[Row], page: &Page) -> String {
    let cell = |figure: Option<Figure>| match figure {
        Some(Figure { speaks, of }) => {
            format!("{} of {}", number::count(speaks), number::count(of))
        }
        None => "cannot".to_string(),
    };
    let width = |cells: &dyn Fn(&Row) -> String, head: &str| {
        rows.iter().map(|row| cells(row).len()).chain([head.len()]).max().unwrap_or(0)
    };
    let name = width(&|row| row.name.to_string(), HEADS[0]);
    let all = width(&|row| cell(row.interleavings), HEADS[1]);
    let machine = width(&|row| cell(row.machine), HEADS[2]);
    let line = |cells: [&str; 3]| {
        format!("  {:name$}  {:>all$}  {:>machine$}", cells[0], cells[1], cells[2])
    };
    let head = line(HEADS);
    if page.plain {
        return rows.iter().map(|row| sentence(row, page)).collect();
    }
    let mut text = page.paint(Ink::Strong, &head) + "\n";
    for row in rows {
        let (interleavings, here) = (cell(row.interleavings), cell(row.machine));
        text += &format!("{}\n", line([row.name, &interleavings, &here]));
        text += &page.paragraph("      ", "      ", row.about);
    }
    text
}

fn sentence(row: &Row, page: &Page) -> String {
    let says = |figure: Option<Figure>, of: &str| match figure {
        Some(figure) => {
            let (speaks, all) = (number::count(figure.speaks), number::count(figure.of));
            format!("speaks in {speaks} of {all} {of}")
        }
        None => format!("cannot tell of {of}"),
    };
    let figures =
        [says(row.interleavings, "interleavings"), says(row.machine, "runs on this machine")];
    let says = format!("{}: {}. {}.", row.name, figures.join(", "), row.about);
    page.paragraph("  ", "    ", &says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name, interleavings, machine| Row {
            name,
            about: "what it sees",
            interleavings: Some(interleavings),
            machine,
        };
        vec![
            row("luck", Figure { speaks: 16, of: 60 }, Some(Figure { speaks: 1_234, of: 99_000 })),
            row("clocks", Figure { speaks: 58, of: 60 }, None),
        ]
    }

    #[test]
    fn a_table_says_who_cannot_tell() {
        let expected = "
  DETECTOR  INTERLEAVINGS     THIS MACHINE
  luck           16 of 60  1,234 of 99,000
      what it sees
  clocks         58 of 60           cannot
      what it sees
";
        assert_eq!(format!("\n{}", text(&rows(), &Page::default())), expected);
    }

    #[test]
    fn a_plain_page_has_sentences() {
        let page = Page { plain: true, ..Page::default() };
        let expected = "
  luck: speaks in 16 of 60 interleavings, speaks in 1,234 of 99,000 runs on
    this machine. what it sees.
  clocks: speaks in 58 of 60 interleavings, cannot tell of runs on this
    machine. what it sees.
";
        assert_eq!(format!("\n{}", text(&rows(), &page)), expected);
    }
}
