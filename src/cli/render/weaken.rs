//! The table of weakenings as text: what stands where, what was done to it, and who objected.

use racelab::explore::weaken::{Bound, Need, TriedWeakening, Weakened};
use racelab::words::weaken::{footnote, how, need, objection, operation, refused, together};
use racelab::words::{Ink, Page, number};
use racelab_demos::course::{Demo, Version};

/// The table, then what can be weakened together, then what these verdicts do not cover.
pub fn text(demo: &Demo, version: &Version, table: &Weakened, page: &Page) -> String {
    let title = format!("{} {}: {}", demo.name, version.name(), version.title);
    let mut text = page.paint(Ink::Strong, &title) + "\n";
    if let Some(report) = &table.refused {
        return text
            + &page.paragraph("  ", "  ", &format!("No table: {}", refused(report)))
            + "\n";
    }
    if table.rows.is_empty() {
        return text + "  Nothing can be weakened: no ordering, no fence, no lock.\n\n";
    }
    let mut line = 0;
    for row in &table.rows {
        if row.what.line != line || page.plain {
            line = row.what.line;
            let source = version.scenario.line(&row.what.file, row.what.line);
            text += &page.paragraph("\n  ", "    ", &format!("{}:{line}  {source}", row.what.file));
        }
        text += &self::row(row, page);
    }
    let together = match table.together.is_empty() {
        true => "Together: nothing can be weakened.".to_string(),
        false => {
            let all: Vec<String> = table.together.iter().map(together).collect();
            format!("Together: {}.", all.join("; "))
        }
    };
    text += &page.paragraph("\n  ", "    ", &together);
    let executions: u64 = table.rows.iter().map(|row| row.executions).sum();
    let bound = match &table.bound {
        Some(Bound { engine, preemptions }) => {
            format!("{engine} with at most {preemptions} preemptions")
        }
        None => "no bound".to_string(),
    };
    let tried = number::of(table.rows.len() as u64, "weakening", "weakenings");
    let executions = number::of(executions, "execution", "executions");
    text += &page.paragraph("  ", "    ", &format!("{tried}, {executions}, {bound}."));
    for note in &table.footnotes {
        text += &page.paragraph("  Note: ", "    ", footnote(note));
    }
    text + "\n"
}

fn row(row: &TriedWeakening, page: &Page) -> String {
    let words = need(row);
    let ink = if row.verdict == Need::Needed { Ink::Good } else { Ink::Notable };
    let what = format!("{} {}: {words}", operation(&row.what), how(&row.what.how));
    let why = row.objection.as_ref().map(|why| format!(" {}", objection(why))).unwrap_or_default();
    let text = page.paragraph("    ", "      ", &format!("{what}{why}"));
    text.replacen(words, &page.paint(ink, words), 1)
}
