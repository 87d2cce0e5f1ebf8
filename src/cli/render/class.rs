//! For whoever gives the course, in words and as documents: plan, notes, machines, hand-ins.

mod collect;
mod notes;

use serde_json::{Value, json};

use super::exercise as exercises;
use super::json::{Document, document};
use racelab::words::number::of;
use racelab::words::{Ink, Page};
use racelab_exercise::class::agenda::{self, Agenda, Slot};
use racelab_exercise::class::bundle::Bundled;
use racelab_exercise::class::doctor::{self, Finding, Health};
use racelab_exercise::handin::Handin;
use racelab_exercise::progress::State;

#[cfg(test)]
pub use collect::COLLECTED;
pub use collect::{collect, collect_document};
pub use notes::{notes, notes_document};

/// `racelab class agenda`.
pub fn agenda(agenda: &Agenda, page: &Page) -> String {
    let all = agenda.slots.iter().map(|slot| slot.name.len()).chain([0]);
    let width = all.max().unwrap_or(0);
    let mut text = String::new();
    let mut part = None;
    for slot in &agenda.slots {
        if part != Some(slot.part) {
            let of_part = agenda.slots.iter().filter(|other| other.part == slot.part);
            let minutes = of_part.map(Slot::minutes).sum();
            let gap = if part.is_some() { "\n" } else { "" };
            let title = page.paint(Ink::Strong, slot.part.title());
            text += &format!("{gap}{title}  {}\n", clock(minutes));
            part = Some(slot.part);
        }
        let (at, minutes, consists) = (clock(slot.at), slot.minutes(), consists(slot));
        text += &match page.plain {
            true => {
                let line = format!("At {at}: {}, {minutes} minutes: {consists}.", slot.name);
                page.paragraph("", "  ", &line)
            }
            false => {
                let first = format!("  {at:>5}  {:width$}  {minutes:>3} min  ", slot.name);
                page.paragraph(&first, &" ".repeat(first.len()), &consists)
            }
        };
    }
    let minutes = agenda.minutes();
    let end = page.paint(Ink::Strong, &format!("{:>5}", clock(minutes)));
    text += &format!("\n  {end}  the end: {}\n", of(minutes.into(), "minute", "minutes"));
    text += &left_out(agenda, page);
    text += &format!("\n{}", page.paragraph("", "", agenda::RULE));
    text + "\nNext: racelab class notes NAME\n"
}

fn left_out(agenda: &Agenda, page: &Page) -> String {
    let Some(limit) = agenda.limit else { return String::new() };
    let left = limit.saturating_sub(agenda.minutes());
    let left = of(left.into(), "minute is", "minutes are");
    let mut text = page.paragraph("  ", "  ", &format!("Of {limit}, {left} left for breaks."));
    let home = agenda.slots.iter().filter(|slot| slot.homework).map(|slot| slot.name);
    let home: Vec<&str> = home.collect();
    if !home.is_empty() {
        text += &page.paragraph("  ", "    ", &format!("Homework: {}.", home.join(", ")));
    }
    let name = |slot: &Slot| format!("{} ({} min)", slot.name, slot.minutes());
    let names: Vec<String> = agenda.left_out.iter().map(name).collect();
    if !names.is_empty() {
        text += &page.paragraph("  ", "    ", &format!("Left out: {}.", names.join(", ")));
    }
    if !names.is_empty() || !home.is_empty() {
        text += &format!("\n{}", page.paragraph("", "", agenda::RULE_SHORT));
    }
    text
}

/// `1:05`: hours and minutes.
fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn consists(slot: &Slot) -> String {
    let exercise = match (slot.exercise, slot.homework) {
        (None, _) => "no exercise".to_string(),
        (Some(minutes), false) => format!("exercise {minutes}"),
        (Some(minutes), true) => format!("exercise at home ({minutes})"),
    };
    format!("lesson {}, demo {}, {exercise}", slot.lesson, slot.demo)
}

/// `racelab class agenda`, as a document.
pub fn agenda_document(agenda: &Agenda) -> Document {
    document(
        "class-agenda",
        json!({
            "minutes": agenda.minutes(), "limit": agenda.limit,
            "demos": agenda.slots.iter().map(slot).collect::<Vec<_>>(),
            "left_out": agenda.left_out.iter().map(slot).collect::<Vec<_>>(),
            "rules": [agenda::RULE, agenda::RULE_SHORT],
        }),
    )
}

fn slot(slot: &Slot) -> Value {
    json!({
        "name": slot.name, "title": slot.title, "part": slot.part.title(), "at": slot.at,
        "minutes": slot.minutes(), "lesson": slot.lesson, "demo": slot.demo,
        "exercise": slot.exercise, "homework": slot.homework,
    })
}

/// `racelab class doctor`: the word first.
pub fn doctor(findings: &[Finding], page: &Page) -> String {
    let bad = findings.iter().filter(|finding| finding.health == Health::Bad);
    let bad: Vec<&str> = bad.map(|finding| finding.what).collect();
    let mut text = match doctor::green(findings) {
        true => format!("{}: the course can be given here\n\n", page.paint(Ink::Good, "GREEN")),
        false => {
            let says = format!("exercises cannot be done here yet: {}", bad.join(", "));
            let line = page.paragraph("RED: ", "     ", &says);
            line.replacen("RED", &page.paint(Ink::Bad, "RED"), 1) + "\n"
        }
    };
    for finding in findings {
        let (sign, word, ink) = match finding.health {
            Health::Good => ("ok", "good", Ink::Good),
            Health::Remark => ("..", "remark", Ink::Notable),
            Health::Bad => ("!!", "bad", Ink::Bad),
        };
        let remedy = finding.remedy.as_ref().map(|remedy| format!("-> {remedy}"));
        if page.plain {
            let line = format!("{}: {word}: {}.", finding.what, finding.says);
            text += &page.paragraph("", "  ", &line);
            text += &remedy.map(|remedy| page.paragraph("  ", "  ", &remedy)).unwrap_or_default();
            continue;
        }
        let first = format!("  {sign}  {:<9} ", finding.what);
        let rest = " ".repeat(first.len());
        text +=
            &page.paragraph(&first, &rest, &finding.says).replacen(sign, &page.paint(ink, sign), 1);
        text += &remedy.map(|remedy| page.paragraph(&rest, &rest, &remedy)).unwrap_or_default();
    }
    text
}

/// `racelab class doctor`, as a document.
pub fn doctor_document(findings: &[Finding]) -> Document {
    let green = doctor::green(findings);
    let word = if green { "GREEN" } else { "RED" };
    document("class-doctor", json!({ "ok": green, "word": word, "findings": findings }))
}

/// `racelab class bundle`.
pub fn bundle(dir: &str, bundled: &Bundled, page: &Page) -> String {
    let mut text = format!("{}\n", page.paint(Ink::Strong, dir));
    for binary in &bundled.binaries {
        text += &format!("  {binary}\n");
    }
    let crates = of(bundled.crates as u64, "crate", "crates");
    let files = of(bundled.files as u64, "file", "files");
    text += &format!("  source, book and {crates}: {files}, {} MiB\n", bundled.bytes >> 20);
    for kept in &bundled.kept {
        text += &page.paragraph("  ", "    ", &format!("kept, for it was in the way: {kept}"));
    }
    for note in &bundled.notes {
        text += &page.paragraph("  ", "    ", &format!("note: {note}"));
    }
    text + "\nNext: copy it to each laptop; START.txt there says what to type\n"
}

/// `racelab class bundle`, as a document.
pub fn bundle_document(dir: &str, bundled: &Bundled) -> Document {
    document(
        "class-bundle",
        json!({
            "folder": dir, "binaries": bundled.binaries, "crates": bundled.crates,
            "files": bundled.files, "bytes": bundled.bytes, "kept": bundled.kept,
            "notes": bundled.notes,
        }),
    )
}

/// `racelab exercise handin`: what it says, and where it is.
pub fn handin(file: &str, handin: &Handin, page: &Page) -> String {
    let mut text = format!("{file}: how far {} came\n\n", handin.name);
    for entry in &handin.exercises {
        let says = format!("{}: {}", entry.name, exercises::entry(entry));
        text += &page.paragraph("  ", "    ", &says);
    }
    text + "\nGive this file to whoever gives the course; your code is not in it.\n"
}

/// `racelab exercise handin`, as a document.
pub fn handin_document(file: &str, handin: &Handin, text: &str) -> Document {
    let solved = handin.exercises.iter().filter(|entry| entry.state == State::Solved).count();
    document(
        "exercise-handin",
        json!({
            "file": file, "name": handin.name, "pack": handin.pack, "written": handin.written,
            "solved": solved, "of": handin.exercises.len(), "text": text,
        }),
    )
}
