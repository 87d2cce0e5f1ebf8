//! Every outcome under each model, as a table.

use racelab::race::Grade;
use racelab::words::{Ink, Page, number, pad};

use serde::Serialize;

/// What one model shows of an outcome.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Which model.
    pub model: &'static str,
    /// Distinct executions that end so: interleavings, or graphs.
    pub executions: u64,
    /// Whether all were explored, and the engine is blind to nothing here: then 0 is never.
    pub complete: bool,
    /// One of them, where chance came to it.
    pub token: Option<String>,
}

/// An outcome.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// Wanted, allowed or forbidden.
    pub grade: Grade,
    /// What it means.
    pub reason: String,
    /// Under each model, the strictest first.
    pub by_model: Vec<Shown>,
    /// How often this machine came to it, and in how many runs.
    pub machine: Option<(u64, u64)>,
}

/// The table, and a token for each.
pub fn text(version: &str, rows: &[Row], page: &Page) -> String {
    let wide = rows.iter().map(|row| row.id.len()).max().unwrap_or(0).max(8);
    let models: Vec<&str> = rows
        .first()
        .map_or(Vec::new(), |row| row.by_model.iter().map(|shown| shown.model).collect());
    let head: String = models.iter().map(|model| pad(model, 10)).collect();
    let head = format!("  {}  {head}this machine", pad("outcome", wide));
    let mut text = format!("{}\n\n", page.paint(Ink::Strong, version));
    text += &format!("{}\n", page.paint(Ink::Strong, &head));
    for row in rows {
        let cells: String = row
            .by_model
            .iter()
            .map(|shown| {
                let cell = match (shown.executions, shown.complete) {
                    (0, true) => "never".to_string(),
                    (0, false) => "not seen".to_string(),
                    (count, true) => number::count(count),
                    (count, false) => format!(">= {}", number::count(count)),
                };
                pad(&cell, 10)
            })
            .collect();
        let machine = row.machine.map_or("-".to_string(), |(count, runs)| {
            format!("{} of {}", number::count(count), number::count(runs))
        });
        let ink = match row.grade {
            Grade::Forbidden => Ink::Bad,
            _ => Ink::Good,
        };
        text += &format!("  {}  {cells}{machine}\n", page.paint(ink, &pad(&row.id, wide)));
    }
    text +=
        "\n  Distinct executions that end so: interleavings under SC, graphs under the others.\n";
    text += "  One of each, with racelab replay or racelab explore:\n";
    for row in rows {
        let mut said: Vec<&str> = Vec::new();
        for token in row.by_model.iter().filter_map(|shown| shown.token.as_deref()) {
            // What SC shows, the others show as well.
            if said.is_empty() {
                text += &format!("  {}  {token}\n", pad(&row.id, wide));
            }
            said.push(token);
        }
    }
    text
}
