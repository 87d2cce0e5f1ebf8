//! Hand-ins as a table: a row each, then who is stuck where.

use serde_json::json;

use super::super::json::{Document, document};
use racelab::words::number::of;
use racelab::words::{Ink, Page};
use racelab_exercise::class::collect::{Class, Row, Total};

/// `racelab class collect`.
pub fn collect(class: &Class, page: &Page) -> String {
    if class.rows.is_empty() {
        return "nothing was handed in\n".to_string();
    }
    let each: String = match page.plain {
        true => class.rows.iter().map(|row| sentence(row, page)).collect(),
        false => table(&class.rows, page),
    };
    let title = page.paint(Ink::Strong, "Exercises");
    let totals: String = class.totals.iter().map(|row| total(row, class, page)).collect();
    format!("{each}\n{title}\n{totals}")
}

/// The heads of the columns.
pub const COLLECTED: [&str; 5] = ["name", "solved", "tries", "hints", "time"];

fn sentence(row: &Row, page: &Page) -> String {
    let (tries, hints) = (of(row.tries, "try", "tries"), of(row.hints, "hint", "hints"));
    let time = minutes(row.seconds);
    let says =
        format!("{}: {} of {} solved, {tries}, {hints}, {time}.", row.name, row.solved, row.of);
    page.paragraph("", "  ", &says)
}

fn table(rows: &[Row], page: &Page) -> String {
    // A name takes what the figures leave.
    let most = page.width.saturating_sub(44).max(8);
    let widest = rows.iter().map(|row| racelab::words::width(&row.name)).max().unwrap_or(0);
    let width = widest.clamp(4, most);
    let head = format!(
        "{:width$}  {:>7}  {:>5}  {:>5}  {:>9}",
        COLLECTED[0], COLLECTED[1], COLLECTED[2], COLLECTED[3], COLLECTED[4]
    );
    let mut text = format!("{}\n", page.paint(Ink::Strong, &head));
    for row in rows {
        let name: String = row.name.chars().take(width).collect();
        let solved = format!("{} of {}", row.solved, row.of);
        let time = minutes(row.seconds);
        text +=
            &format!("{name:width$}  {solved:>7}  {:>5}  {:>5}  {time:>9}", row.tries, row.hints);
        if row.gave_up > 0 {
            text += &format!("  {} looked up", row.gave_up);
        }
        text.push('\n');
    }
    let solved = rows.iter().map(|row| row.solved).sum::<usize>();
    let (tries, hints) =
        rows.iter().fold((0, 0), |all, row| (all.0 + row.tries, all.1 + row.hints));
    let all = of(rows.len() as u64, "hand-in", "hand-ins");
    let (tries, hints) = (of(tries, "try", "tries"), of(hints, "hint", "hints"));
    text + &format!("{all}: {solved} solved, {tries}, {hints}\n")
}

fn total(total: &Total, class: &Class, page: &Page) -> String {
    let all = total.solved + total.stuck.len() + total.new;
    let width = class.totals.iter().map(|total| total.exercise.len()).max().unwrap_or(0);
    let mut said = vec![format!("{} of {all} solved", total.solved)];
    said.push(of(total.tries, "try", "tries"));
    said.push(of(total.hints, "hint", "hints"));
    if total.new > 0 {
        said.push(format!("{} not begun", total.new));
    }
    let mut says = said.join(", ");
    if !total.stuck.is_empty() {
        says += &format!("; STUCK: {}", total.stuck.join(", "));
    }
    let first = match page.plain {
        true => format!("{}: ", total.exercise),
        false => format!("  {:width$}  ", total.exercise),
    };
    let rest = " ".repeat(first.len());
    let text = page.paragraph(&first, if page.plain { "  " } else { &rest }, &says);
    text.replacen("STUCK", &page.paint(Ink::Notable, "STUCK"), 1)
}

fn minutes(seconds: u64) -> String {
    format!("{} min", seconds.div_ceil(60))
}

/// `racelab class collect`, as a document.
pub fn collect_document(class: &Class) -> Document {
    document(
        "class-collect",
        json!({
            "ok": class.bad.is_empty(), "students": class.rows, "exercises": class.totals,
            "bad": class.bad,
        }),
    )
}
