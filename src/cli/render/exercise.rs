//! Exercises in words: the stages of a check, the pack and how far one is, and their documents.

use serde_json::{Value, json};

use super::json::{self, Document, document};
use super::stage;
use racelab::against::Tested;
use racelab::foreign;
use racelab::report::Unseen;
use racelab::report::{Failure, Report};
use racelab::words::number::of;
use racelab::words::{Ink, Page, against, interleaving, note, sight, verdict};
use racelab_exercise::build::Message;
use racelab_exercise::found::Found;
use racelab_exercise::progress::{Entry, Progress, State};
use racelab_exercise::proof::{self, Attacked, Proved, Tried};
use racelab_exercise::stage::Stage;
use racelab_exercise::{Exercise, Pack};

/// The simplest failing execution, as a table; empty where none can be shown.
pub fn failure(found: &Found, page: &Page) -> String {
    let shown = |report: &&Report| report.failure.as_ref().is_some_and(|f| !f.steps.is_empty());
    let Some(report) = found.reports.iter().find(shown) else { return scenario(found, page) };
    let Some(failure) = &report.failure else { return String::new() };
    let mut text = match failure.stale {
        0 => "The simplest failing execution".to_string(),
        _ => "The simplest failing execution. No plain interleaving fails: it needs reordering"
            .to_string(),
    };
    if failure.switches > 0 {
        text += &format!(", with {}", of(failure.switches as u64, "switch", "switches"));
    }
    let text = page.paragraph("", "", &(text + ":"));
    format!("{text}\n{}{}", interleaving::text(failure, page), again(failure))
}

/// The command that shows a failure again, on a line that can be copied.
fn again(failure: &Failure) -> String {
    let token = failure.token.as_deref();
    token.map_or(String::new(), |token| format!("\n  Once more: racelab replay {token}\n"))
}

/// The scenario that the specification generates and that fails: its calls, and the execution.
fn scenario(found: &Found, page: &Page) -> String {
    let tested = found.specified.iter().flatten().flatten();
    let Some(failed) = tested.filter_map(|tested| tested.failed.as_ref()).next() else {
        return String::new();
    };
    let text = "The simplest scenario that fails, of those that the specification generates:";
    let (history, table) =
        (against::history(failed, page), interleaving::text(&failed.failure, page));
    let again = again(&failed.failure);
    format!("{}\n{history}\n{table}{again}", page.paragraph("", "", text))
}

/// What rustc said, each message once; a message about the judge says so.
pub fn messages(messages: &[Message], page: &Page) -> String {
    let mut text = String::new();
    for message in messages {
        text += message.shown.trim_end();
        text += "\n";
        if message.file.as_deref().is_some_and(|file| file.contains(".racelab/judge")) {
            text += &page.paragraph(
                "  = ",
                "    ",
                "this is where the judge uses your code; the judge is not yours to edit: keep the \
                 names and signatures that it uses",
            );
        }
        text += "\n";
    }
    let errors = of(messages.len() as u64, "error", "errors");
    text + &format!("{errors}, each shown once though your file is compiled for each runtime.\n")
}

/// What rustc warns of in a student's file, a line each.
pub fn warnings(warnings: &[Message], page: &Page) -> String {
    let said = |warning: &Message| {
        let file = warning.file.as_deref().unwrap_or_default();
        let file = file.strip_prefix("exercises/").unwrap_or(file);
        let text = format!("{file}:{} {}", warning.line, foreign::line(&warning.text));
        page.paragraph("  rustc warns: ", "    ", &text)
    };
    warnings.iter().map(said).collect()
}

/// The exercises of a pack, a line each.
pub fn list(pack: &Pack, progress: &Progress, here: &str, page: &Page) -> String {
    let width = pack.exercises.iter().map(|exercise| exercise.name.len()).max().unwrap_or(0);
    let mut text = format!("{}\n", page.paint(Ink::Strong, &pack.title));
    for exercise in &pack.exercises {
        let state = progress.state(&exercise.name);
        let (sign, ink) = match state {
            State::Solved => ("ok", Ink::Good),
            State::Tried => ("..", Ink::Notable),
            State::New => ("  ", Ink::Faint),
        };
        let arrow = if exercise.name == here { ">" } else { " " };
        if page.plain {
            let here = if exercise.name == here { ", you are here" } else { "" };
            let line = format!(
                "{}: {}, {} min{here}. {}.",
                exercise.name,
                state.word(),
                exercise.minutes,
                exercise.title
            );
            text += &page.paragraph("", "  ", &line);
            continue;
        }
        let first =
            format!("{arrow} {sign}  {:width$} {:>3} min  ", exercise.name, exercise.minutes);
        let line = page.paragraph(&first, &" ".repeat(first.len()), &exercise.title);
        text += &line.replacen(sign, &page.paint(ink, sign), 1);
    }
    text
}

/// How many are solved, as a bar and in words.
pub fn bar(pack: &Pack, progress: &Progress) -> String {
    let all = pack.exercises.len();
    let solved = |exercise: &&Exercise| progress.state(&exercise.name) == State::Solved;
    let solved = pack.exercises.iter().filter(solved).count();
    // The first one shows as well.
    let full = (solved * 20 / all.max(1)).max(solved.min(1));
    format!("[{}{}]  {solved} of {all} solved", "#".repeat(full), ".".repeat(20 - full))
}

/// What is known of one exercise, in words: `solved, 3 tries, 1 hint, 10 min`.
pub fn entry(entry: &Entry) -> String {
    let mut said = vec![entry.state.word().to_string()];
    if entry.tries > 0 {
        said.push(of(entry.tries.into(), "try", "tries"));
    }
    if entry.hints > 0 {
        said.push(of(entry.hints.into(), "hint", "hints"));
    }
    if entry.gave_up {
        said.push("the answer was looked up".to_string());
    }
    if let (Some(first), Some(solved)) = (entry.first, entry.solved) {
        said.push(format!("{} min", solved.saturating_sub(first).div_ceil(60)));
    }
    said.join(", ")
}

/// `racelab exercise list`, `status` and `next`.
pub fn list_document(
    command: &str,
    pack: &Pack,
    progress: &Progress,
    here: &str,
    root: &str,
) -> Document {
    let row = |exercise: &Exercise| {
        let entry = progress.get(&exercise.name).cloned().unwrap_or_default();
        json!({
            "name": exercise.name, "title": exercise.title, "minutes": exercise.minutes,
            "file": format!("exercises/{}.rs", exercise.stem()), "state": entry.state.word(),
            "tries": entry.tries, "hints": entry.hints, "gave_up": entry.gave_up,
            "first": entry.first, "solved": entry.solved,
        })
    };
    let rows: Vec<Value> = pack.exercises.iter().map(row).collect();
    document(command, json!({ "folder": root, "pack": pack.name, "here": here, "exercises": rows }))
}

/// A command that says something about one exercise, as text.
pub fn told(command: &str, name: &str, more: Value) -> Document {
    let mut body = json!({ "name": name });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    document(command, body)
}

/// One exercise of `racelab exercise check`.
pub fn checked(
    name: &str,
    ending: &str,
    stages: &[Stage],
    messages: &[Message],
    unseen: &[Unseen],
    found: Option<&Found>,
) -> Value {
    let row = |unseen: &Unseen| {
        json!({
            "file": unseen.file, "line": unseen.line, "source": unseen.source,
            "name": unseen.what.name(), "text": sight::said(unseen),
        })
    };
    let staged = |stage: &Stage| json!({ "stage": stage.stage, "state": stage.state, "text": stage::says(stage) });
    let reports = found.map(|found| found.reports.iter().map(explored).collect::<Vec<_>>());
    let mut row = json!({
        "name": name, "result": ending, "messages": messages,
        "stages": stages.iter().map(staged).collect::<Vec<_>>(),
        "unseen": unseen.iter().map(row).collect::<Vec<_>>(),
        "reports": reports.unwrap_or_default(),
    });
    if let Some(all) = found.and_then(|found| found.specified.as_ref()) {
        row["specified"] = all.iter().flatten().map(specified).collect();
    }
    if let Some(machine) = found.and_then(|found| found.machine.as_ref()) {
        row["hardware"] = json::hardware(machine);
    }
    row
}

fn specified(tested: &Tested) -> Value {
    let failed = tested.failed.as_ref();
    json!({
        "engine": tested.engine.name, "result": tested.amounts(), "text": against::line(tested),
        "scenarios": tested.explored(), "executions": tested.executions,
        "seconds": tested.seconds, "calls": failed.map(|failed| &failed.calls),
        "answered_before": failed.map(|failed| &failed.answered_before),
        "failure": failed.map(|failed| json::failure(&failed.failure)),
    })
}

/// `racelab exercise check`.
pub fn check_document(rows: Vec<Value>) -> Document {
    let ok = rows.iter().all(|row| row["result"] == "solved");
    document("exercise-check", json!({ "ok": ok, "exercises": rows }))
}

fn explored(report: &Report) -> Value {
    json!({
        "engine": report.engine.name, "verdict": report.verdict(),
        "text": verdict::line(report), "executions": report.executions, "failing": report.failing,
        "distinct": report.distinct, "bounds": report.bounds, "seconds": report.seconds,
        "outcomes": report.outcomes, "failure": report.failure.as_ref().map(json::failure),
        "blind_spots": verdict::blind_spots(report),
        "notes": report.notes.iter().map(note::note).collect::<Vec<_>>(),
    })
}

/// `racelab exercise pack new`.
pub fn pack_new(folder: &str, files: &[String]) -> Document {
    document("exercise-pack-new", json!({ "folder": folder, "files": files }))
}

/// What `racelab new-demo` says it has written.
pub fn new_demo(name: &str, folder: &str, new: &[String], changed: &[&str]) -> Document {
    let rest = json!({ "name": name, "folder": folder, "new": new, "changed": changed });
    document("new-demo", rest)
}

/// `racelab exercise pack check`.
pub fn pack_check(pack: &Pack, rows: &[(&Exercise, Tried)], limit: f64, ok: bool) -> Document {
    let row = |row: &Proved| {
        json!({
            "exercise": row.exercise, "file": row.file, "mark": stage::mark(&row.mark),
            "wrong": row.wrong.as_deref().map(stage::instead), "seconds": row.took.as_secs_f64(),
        })
    };
    let attack = |exercise: &Exercise, row: &Attacked| {
        json!({
            "exercise": exercise.name, "attack": row.attack,
            "on": if row.on_answer { "answer" } else { "start" },
            "solved": row.solved, "accepted": row.accepted,
        })
    };
    let attacks = |(exercise, tried): &(&Exercise, Tried)| {
        tried.attacked.iter().map(|row| attack(exercise, row)).collect::<Vec<_>>()
    };
    let remarks = |(exercise, tried): &(&Exercise, Tried)| {
        let vain = proof::accepted_in_vain(exercise, &tried.attacked);
        let remarks = [proof::remarks(exercise), vain].concat();
        (!remarks.is_empty()).then(|| json!({ "exercise": exercise.name, "wrong": remarks }))
    };
    document(
        "exercise-pack-check",
        json!({
            "ok": ok, "pack": pack.name, "limit_seconds": limit,
            "solutions": rows.iter().flat_map(|(_, tried)| &tried.proved).map(row).collect::<Vec<_>>(),
            "attacks": rows.iter().flat_map(attacks).collect::<Vec<_>>(),
            "remarks": rows.iter().filter_map(remarks).collect::<Vec<_>>(),
        }),
    )
}
