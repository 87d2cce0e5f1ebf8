//! A failing interleaving: one column a thread, and the memory after each step.

use super::grid::Grid;
use super::page::{pad, width as columns};
use super::step::value_of;
use super::{Ink, Page, plain, step, why};
use crate::report::{Failure, Kind, Old, Step};

/// A column of a thread is never narrower than this.
const LEAST: usize = 14;
/// Heads the last column where there is no room for all of the memory.
const CHANGES: &str = "what changed";
/// Before every line.
const INDENT: &str = "  ";

/// The steps as a table, the source lines under it, and what it amounts to. Degrades to one
/// event a line where the page is plain or too narrow.
pub fn text(failure: &Failure, page: &Page) -> String {
    steps(failure, page) + &conclusion(failure, page)
}

/// The same without what it amounts to: an empty line ends it.
pub fn steps(failure: &Failure, page: &Page) -> String {
    let table = if page.plain { None } else { table(failure, page) };
    let mut text = match &table {
        _ if failure.steps.is_empty() => String::new(),
        Some(table) => {
            // A scenario that was written in place has no files.
            let parts = [table.clone(), reads(failure, page), sources(failure, page)];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join("\n")
        }
        None => plain::steps(failure, page),
    };
    if !failure.steps.is_empty() {
        text.push('\n');
    }
    text
}

/// The kind of failure and why, under the table.
pub fn conclusion(failure: &Failure, page: &Page) -> String {
    let kind = failure.kind.words().to_uppercase();
    let mut text = String::new();
    let why = why::reason(&failure.why);
    for (index, line) in why.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let (first, line) = match (index, failure.kind) {
            (0, Kind::Forbidden) => ("=> ", format!("{kind} {line}")),
            (0, _) => ("=> ", format!("{kind}: {line}")),
            _ => ("   ", line.to_string()),
        };
        text += &page.paragraph(&format!("{INDENT}{first}"), &format!("{INDENT}   "), &line);
    }
    if text.is_empty() {
        text = format!("{INDENT}=> {kind}\n");
    }
    text.replace(&kind, &page.paint(Ink::Bad, &kind))
}

fn table(failure: &Failure, page: &Page) -> Option<String> {
    let room = page.width.saturating_sub(INDENT.len());
    let columns = 2..2 + failure.actors.len();
    let attempt = |everything, folded, least| {
        let grid = grid(failure, everything, folded);
        let widths = grid.widths(room, columns.clone(), least)?;
        Some((grid, widths))
    };
    let (grid, widths) = attempt(true, false, usize::MAX)
        .or_else(|| attempt(true, true, LEAST))
        .or_else(|| attempt(false, true, LEAST))?;
    let mut text = String::new();
    if grid.header.last().is_some_and(|header| header == CHANGES) && !failure.initial.is_empty() {
        let words = failure.initial.iter().map(|(name, value)| format!("{name}={value}"));
        let start = format!("start: {}", words.collect::<Vec<_>>().join(" "));
        text += &format!("{}\n", page.paragraph(INDENT, "         ", &start));
    }
    for (index, row) in grid.draw(&widths).iter().enumerate() {
        for line in row {
            let row = index.checked_sub(1).map(|at| &grid.rows[at][columns.clone()]);
            let line = match (index, row.and_then(actor)) {
                (0, _) => page.paint(Ink::Strong, line),
                (_, Some(actor)) => stale(line, Ink::Actor(actor), page),
                _ => line.clone(),
            };
            text += &format!("{INDENT}{line}\n");
        }
        if index == 0 {
            text += &format!("{INDENT}{}\n", Grid::rule(&widths));
        }
    }
    Some(text)
}

/// Whose step a row is, of which these are the cells of the actors.
fn actor(cells: &[String]) -> Option<usize> {
    cells.iter().position(|cell| !cell.is_empty())
}

/// A line in the ink of its actor, but for what is stale.
fn stale(line: &str, ink: Ink, page: &Page) -> String {
    let parts: Vec<String> = line.split("STALE").map(|part| page.paint(ink, part)).collect();
    parts.join(&page.paint(Ink::Notable, "STALE"))
}

/// A row for the memory before, then one for each step. With `everything` the memory column shows
/// all words after each step; without, only those that changed. Where no memory is known, as of a
/// closure, there is neither. `folded` gives `STALE` a line of its own.
fn grid(failure: &Failure, everything: bool, folded: bool) -> Grid {
    let known = !failure.initial.is_empty() || failure.steps.iter().any(|s| !s.memory.is_empty());
    let mut header = vec!["".to_string(), "line".to_string()];
    header.extend(failure.actors.iter().cloned());
    header.push(if everything { "memory" } else { CHANGES }.to_string());
    let columns = header.len();
    let mut rows = Vec::new();
    let mut before = &failure.initial;
    let mut first = vec![String::new(); columns];
    first[1] = "start".to_string();
    first[columns - 1] = if everything { memory(failure, before, before) } else { String::new() };
    rows.push(first);
    let several = several_files(failure);
    for (number, step) in failure.steps.iter().enumerate() {
        let mut row = vec![String::new(); columns];
        row[0] = (number + 1).to_string();
        row[1] = if several { place(step) } else { step.line.to_string() };
        let actor = failure.actors.iter().position(|actor| *actor == step.thread);
        let cell = step::cell(step);
        row[2 + actor.unwrap_or(0)] =
            if folded { cell.replace(" STALE", "\n  STALE") } else { cell };
        row[columns - 1] = match everything {
            true => memory(failure, before, &step.memory),
            false => changed(before, &step.memory),
        };
        before = &step.memory;
        rows.push(row);
    }
    if !everything || !known {
        rows.remove(0);
    }
    if !known {
        rows.iter_mut().chain([&mut header]).for_each(|row| _ = row.pop());
    }
    Grid { header, rows }
}

/// `array=1 *length=16`: what changed has a star, and each word keeps its place.
fn memory(failure: &Failure, before: &[(String, String)], after: &[(String, String)]) -> String {
    let words = after.iter().map(|(name, value)| {
        let star = if value_of(before, name) == Some(value) { " " } else { "*" };
        let values = failure.steps.iter().map(|step| &step.memory).chain([&failure.initial]);
        let widths = values.filter_map(|memory| value_of(memory, name)).map(|value| columns(value));
        let width = widths.max().unwrap_or(0);
        format!("{star}{name}={}", pad(value, width))
    });
    words.collect::<Vec<_>>().join(" ").trim_end().to_string()
}

fn changed(before: &[(String, String)], after: &[(String, String)]) -> String {
    let words = after.iter().filter(|(name, value)| value_of(before, name) != Some(value));
    let words = words.map(|(name, value)| format!("*{name}={value}"));
    words.collect::<Vec<_>>().join(" ")
}

fn several_files(failure: &Failure) -> bool {
    failure.steps.windows(2).any(|pair| pair[0].file != pair[1].file)
}

fn place(step: &Step) -> String {
    format!("{}:{}", step.file.trim_end_matches(".rs"), step.line)
}

/// Of which store each old value was.
fn reads(failure: &Failure, page: &Page) -> String {
    let steps = failure.steps.iter().enumerate();
    let old = steps.filter_map(|(number, step)| Some((number + 1, step.old.as_ref()?)));
    let line = |(number, old): (usize, &Old)| {
        let indent = format!("{INDENT}  ");
        page.paragraph(INDENT, &indent, &format!("Step {number} {}.", step::reads(old)))
    };
    old.map(line).collect()
}

/// The source line of each step, each line once.
fn sources(failure: &Failure, page: &Page) -> String {
    let mut lines: Vec<(&Step, Vec<String>)> = Vec::new();
    for (number, step) in failure.steps.iter().enumerate().filter(|(_, s)| !s.source.is_empty()) {
        let same =
            |(other, _): &&mut (&Step, _)| (&other.file, other.line) == (&step.file, step.line);
        match lines.iter_mut().find(same) {
            Some((_, numbers)) => numbers.push((number + 1).to_string()),
            None => lines.push((step, vec![(number + 1).to_string()])),
        }
    }
    let mut text = String::new();
    let width = lines.iter().map(|line| line.1.join(",").len()).max().unwrap_or(0);
    for (step, numbers) in lines {
        let numbers = numbers.join(",");
        let first = format!("{INDENT}{numbers:>width$}  {}:{}  ", step.file, step.line);
        text += &(page.code(&first, &step.source).join("\n") + "\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::samples::{failure, step};
    use super::*;
    use crate::report::Why;

    fn words(array: &str, length: &str) -> Vec<(String, String)> {
        [("array", array), ("length", length)].map(|(n, v)| (n.to_string(), v.to_string())).into()
    }

    fn torn() -> Failure {
        let at = |line: u32, source: &str, memory, step: Step| Step {
            line,
            source: source.to_string(),
            memory,
            ..step
        };
        let store = step("writer", "length", "store", "16");
        let stale = Step {
            stale: true,
            newest: Some("2".to_string()),
            ..step("reader", "array", "load", "1")
        };
        let steps = vec![
            at(21, "self.length.store(length, Relaxed);", words("1", "16"), store),
            at(27, "let array = self.array.load(Relaxed);", words("1", "16"), stale),
        ];
        let why = Why::Outcome {
            id: "OUT_OF_BOUNDS".to_string(),
            reason: "new length with the old array".to_string(),
            judge_read_old: false,
        };
        Failure { initial: words("1", "8"), why, ..failure(Kind::Forbidden, "", steps) }
    }

    #[test]
    fn one_column_a_thread_and_the_memory() {
        let expected = "
    | line  | writer             | reader            | memory
  --+-------+--------------------+-------------------+--------------------
    | start |                    |                   |  array=1  length=8
  1 | 21    | length.store <- 16 |                   |  array=1 *length=16
  2 | 27    |                    | array.load -> 1   |  array=1  length=16
    |       |                    |   STALE, newest 2 |

  1  broken.rs:21  self.length.store(length, Relaxed);
  2  broken.rs:27  let array = self.array.load(Relaxed);

  => FORBIDDEN OUTCOME OUT_OF_BOUNDS: new length with the old array
";
        assert_eq!(format!("\n{}", text(&torn(), &Page::default())), expected);
    }

    #[test]
    fn where_no_memory_is_known_there_is_no_column_of_it() {
        let mut torn = torn();
        torn.initial.clear();
        torn.steps.iter_mut().for_each(|step| step.memory.clear());
        let expected = "
    | line | writer             | reader
  --+------+--------------------+--------------------------------
  1 | 21   | length.store <- 16 |
  2 | 27   |                    | array.load -> 1 STALE, newest 2
";
        let text = format!("\n{}", text(&torn, &Page::default()));
        assert!(text.starts_with(expected), "{text}");
    }

    #[test]
    fn a_narrow_page_shows_changes_and_a_very_narrow_one_sentences() {
        let narrow = text(&torn(), &Page { width: 64, ..Page::default() });
        assert!(narrow.starts_with("  start: array=1 length=8\n"), "{narrow}");
        assert!(narrow.lines().nth(2).unwrap().ends_with("| what changed"), "{narrow}");
        assert!(narrow.contains("| *length=16"), "{narrow}");
        let sentences = text(&torn(), &Page { width: 40, ..Page::default() });
        assert!(
            sentences.starts_with("  Before: array is 1, length is 8.\n  Step 1: writer"),
            "{sentences}"
        );
    }
}
