//! Notes on a demo: one screen.

use serde_json::json;

use super::super::json::{Document, document};
use super::{consists, slot};
use racelab::race::Grade;
use racelab::words::{Ink, Page};
use racelab_exercise::class::notes::Notes;

/// `racelab class notes`.
pub fn notes(notes: &Notes, page: &Page) -> String {
    let name = page.paint(Ink::Strong, notes.demo.name);
    let mut text = page.paragraph("", "  ", &format!("{}: {}", notes.demo.name, notes.demo.title));
    text = text.replacen(notes.demo.name, &name, 1);
    let minutes = format!("{} min: {}", notes.slot.minutes(), consists(&notes.slot));
    text += &row("minutes", &minutes, page);
    if let Some(exercise) = &notes.exercise {
        text += &row("goal", &exercise.goal, page);
        for (index, says) in exercise.students_say.iter().enumerate() {
            text += &row(if index == 0 { "they say" } else { "" }, &format!("- {says}"), page);
        }
        text += &row("ask", &exercise.ask, page);
    }
    for (index, command) in notes.commands.iter().enumerate() {
        text += &row(if index == 0 { "type" } else { "" }, command, page);
    }
    let width = notes.versions.iter().map(|expected| expected.version.len()).max().unwrap_or(0);
    for (index, expected) in notes.versions.iter().enumerate() {
        let says = &expected.says;
        let first =
            format!("{:9} {:width$}  ", if index == 0 { "expect" } else { "" }, expected.version);
        text += &page.paragraph(&first, &" ".repeat(first.len()), says);
    }
    for (grade, ids) in &notes.outcomes {
        text += &row(word(*grade), &ids.join(", "), page);
    }
    text
}

fn row(head: &str, says: &str, page: &Page) -> String {
    page.paragraph(&format!("{head:9} "), &" ".repeat(10), says)
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Allowed => "allowed",
        Grade::Interesting => "curious",
        Grade::Forbidden => "forbidden",
    }
}

/// `racelab class notes`, as a document.
pub fn notes_document(notes: &Notes) -> Document {
    let exercise = notes.exercise.as_ref().map(|exercise| {
        json!({
            "title": exercise.title, "goal": exercise.goal, "minutes": exercise.minutes,
            "students_say": exercise.students_say, "ask": exercise.ask,
        })
    });
    let expected = notes.versions.iter();
    let expected = expected.map(|row| json!({ "version": row.version, "says": row.says }));
    let outcomes = notes.outcomes.iter();
    let outcomes = outcomes.map(|(grade, ids)| json!({ "grade": grade, "ids": ids }));
    document(
        "class-notes",
        json!({
            "demo": slot(&notes.slot), "exercise": exercise, "commands": notes.commands,
            "expected": expected.collect::<Vec<_>>(), "outcomes": outcomes.collect::<Vec<_>>(),
        }),
    )
}
