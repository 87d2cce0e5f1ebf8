//! The histogram of outcomes: how often each came up, how it is judged, and why.

use racelab::race::Grade;
use racelab::report::OutcomeCount;
use racelab::words::{Ink, Page, number};

/// The heads of the columns.
pub const HEADS: [&str; 4] = ["OUTCOME", "COUNT", "SHARE", "GRADE"];

/// A row for each outcome, those that never came up included: their absence is a result too.
pub fn text(outcomes: &[OutcomeCount], page: &Page) -> String {
    let total: u64 = outcomes.iter().map(|outcome| outcome.count).sum();
    if page.plain {
        return sentences(outcomes, total, page);
    }
    let rows: Vec<[String; 4]> = outcomes.iter().map(|outcome| row(outcome, total)).collect();
    let header = HEADS.map(str::to_string);
    let width = |column: usize| {
        let all = rows.iter().chain([&header]).map(|row| racelab::words::width(&row[column]));
        all.max().unwrap_or(0)
    };
    let widths = [0, 1, 2, 3].map(width);
    let line = |row: &[String; 4]| {
        let [name, count, share, grade] = widths;
        let name = racelab::words::pad(&row[0], name);
        format!("  {name}  {:>count$}  {:>share$}  {:grade$}", row[1], row[2], row[3])
    };
    let used = widths.iter().sum::<usize>() + 8;
    let fits =
        |outcome: &OutcomeCount| used + 2 + racelab::words::width(&outcome.reason) <= page.width;
    let beside = outcomes.iter().all(fits);
    let mut text = page.paint(Ink::Strong, line(&header).trim_end()) + "\n";
    for (outcome, row) in outcomes.iter().zip(&rows) {
        let line = page.paint(ink(outcome), line(row).trim_end());
        if beside {
            let gap = " ".repeat(widths[3] - racelab::words::width(&row[3]) + 2);
            text += &format!("{line}{gap}{}\n", outcome.reason);
        } else {
            text += &format!("{line}\n");
            text += &page.paragraph("      ", "      ", &outcome.reason);
        }
    }
    text
}

fn row(outcome: &OutcomeCount, total: u64) -> [String; 4] {
    [
        outcome.id.clone(),
        number::count(outcome.count),
        number::share(outcome.count, total),
        grade(outcome.grade).to_string(),
    ]
}

fn sentences(outcomes: &[OutcomeCount], total: u64, page: &Page) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let (count, share) = (number::count(outcome.count), number::share(outcome.count, total));
        let grade = grade(outcome.grade);
        let sentence =
            format!("{}: {count} times, {share}, {grade}: {}.", outcome.id, outcome.reason);
        text += &page.paragraph("  ", "    ", &sentence);
    }
    text
}

/// A grade as it is written: what must never happen stands out without colour.
pub fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Allowed => "allowed",
        Grade::Interesting => "interesting",
        Grade::Forbidden => "FORBIDDEN",
    }
}

fn ink(outcome: &OutcomeCount) -> Ink {
    match outcome.grade {
        _ if outcome.count == 0 => Ink::Faint,
        Grade::Allowed => Ink::Good,
        Grade::Interesting => Ink::Notable,
        Grade::Forbidden => Ink::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes() -> Vec<OutcomeCount> {
        let outcome = |id: &str, grade, reason: &str, count| OutcomeCount {
            id: id.to_string(),
            grade,
            reason: reason.to_string(),
            count,
        };
        vec![
            outcome("OLD", Grade::Allowed, "the reader came first", 999_788),
            outcome("TORN", Grade::Forbidden, "half of each", 212),
            outcome("MIXED", Grade::Interesting, "the other half", 0),
        ]
    }

    #[test]
    fn every_outcome_has_a_row_and_a_reason() {
        let expected = "
  OUTCOME    COUNT    SHARE  GRADE
  OLD      999,788  99.98 %  allowed      the reader came first
  TORN         212  0.021 %  FORBIDDEN    half of each
  MIXED          0      0 %  interesting  the other half
";
        assert_eq!(format!("\n{}", text(&outcomes(), &Page::default())), expected);
    }

    #[test]
    fn reasons_that_do_not_fit_go_below() {
        let expected = "
  OUTCOME    COUNT    SHARE  GRADE
  OLD      999,788  99.98 %  allowed
      the reader came first
  TORN         212  0.021 %  FORBIDDEN
      half of each
  MIXED          0      0 %  interesting
      the other half
";
        let page = Page { width: 60, ..Page::default() };
        assert_eq!(format!("\n{}", text(&outcomes(), &page)), expected);
    }

    #[test]
    fn a_plain_page_has_sentences() {
        let page = Page { plain: true, ..Page::default() };
        let first = text(&outcomes(), &page);
        assert!(
            first.starts_with("  OLD: 999,788 times, 99.98 %, allowed: the reader came first.\n"),
            "{first}"
        );
    }
}
