//! The table of weakenings as text: what stands where, what was done to it, and who objected.

use super::{Ink, Page, number};
use racelab::explore::weaken::{Bound, Need, Row, Weakened};
use racelab_demos::course::{Demo, Version};

/// The table, then what can be weakened together, then what these verdicts do not cover.
pub fn text(demo: &Demo, version: &Version, table: &Weakened, page: &Page) -> String {
    let title = format!("{} {}: {}", demo.name, version.name(), version.title);
    let mut text = page.paint(Ink::Strong, &title) + "\n";
    if let Some(why) = &table.refused {
        return text + &page.paragraph("  ", "  ", &format!("No table: {why}")) + "\n";
    }
    if table.rows.is_empty() {
        return text + "  Nothing can be weakened: no ordering, no fence, no lock.\n\n";
    }
    let mut line = 0;
    for row in &table.rows {
        if row.line != line || page.plain {
            line = row.line;
            let source = version.scenario.line(&row.file, row.line);
            text += &page.paragraph("\n  ", "    ", &format!("{}:{line}  {source}", row.file));
        }
        text += &self::row(row, page);
    }
    let together = match table.together.is_empty() {
        true => "Together: nothing can be weakened.".to_string(),
        false => format!("Together: {}.", table.together.join("; ")),
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
        text += &page.paragraph("  Note: ", "    ", note);
    }
    text + "\n"
}

fn row(row: &Row, page: &Page) -> String {
    let (words, ink) = match row.verdict {
        Need::Needed => ("needed: fails with", Ink::Good),
        Need::NotNeeded => ("not needed in this model", Ink::Notable),
        Need::Unknown => ("unknown:", Ink::Notable),
    };
    let what = format!("{} {}: {words}", row.operation, row.change);
    let why = row.fails_with.as_deref().map(|why| format!(" {why}")).unwrap_or_default();
    let text = page.paragraph("    ", "      ", &format!("{what}{why}"));
    text.replacen(words, &page.paint(ink, words), 1)
}
