//! Predict first: which outcomes can happen? Asked once an exercise, of a person at a terminal.

use racelab_exercise::found::Found;
use std::collections::HashSet;
use std::io::{BufRead, Write, stderr, stdin};

use racelab::explore::conduct::Conduct;
use racelab::words::Page;

/// The outcomes that somebody thinks can happen; `None` where they passed it over.
pub type Prediction = Option<HashSet<String>>;

/// Reads a line that somebody types.
pub type ReadLine<'a> = &'a (dyn Fn() -> String + Sync);

/// A line from stdin.
pub fn line() -> String {
    let mut line = String::new();
    // No line is no answer.
    let _ = stdin().lock().read_line(&mut line);
    line
}

/// Asks on stderr, and reads a line of numbers.
pub fn ask(conduct: &Conduct, page: &Page, read: ReadLine<'_>) -> Prediction {
    let mut text = String::from("\nPredict first: which of these can happen with this code?\n");
    for (index, row) in conduct.outcomes.iter().enumerate() {
        let says = format!("{}: {}", row.id, row.reason);
        text += &page.paragraph(&format!("  {}  ", index + 1), "     ", &says);
    }
    text += "Their numbers, or Enter to pass: ";
    // If nobody can read the question, nobody answers it.
    let _ = stderr().write_all(text.as_bytes()).and_then(|()| stderr().flush());
    let line = read();
    let numbers = line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    let chosen = numbers.filter_map(|n: usize| conduct.outcomes.get(n.checked_sub(1)?));
    let chosen: HashSet<String> = chosen.map(|row| row.id.clone()).collect();
    (!chosen.is_empty()).then_some(chosen)
}

/// What was missed, and what cannot happen after all.
pub fn compare(prediction: &Prediction, found: &Found, page: &Page) -> String {
    let Some(chosen) = prediction else { return String::new() };
    let rows = found.reports.iter().flat_map(|report| &report.outcomes);
    let seen: HashSet<&str> = rows.filter(|row| row.count > 0).map(|row| row.id.as_str()).collect();
    let Some(Ok(conduct)) = &found.conduct else { return String::new() };
    let mut text = String::new();
    for row in &conduct.outcomes {
        let says = match (chosen.contains(&row.id), seen.contains(row.id.as_str())) {
            (true, true) => "happens, as you said",
            (false, true) => "HAPPENS, and you did not expect it",
            (true, false) => "was not found, though you expected it",
            (false, false) => continue,
        };
        text += &page.paragraph("  ", "    ", &format!("{} {says}", row.id));
    }
    format!("Your prediction:\n{text}\n")
}
