//! Litmus programs: the table of all, the screen of one, and the document.

use racelab::report::Model;
use racelab::words::{Ink, Page, interleaving, number, pad, why, width};
use racelab_litmus::{Answer, Judged, Line, Row, Rule, Shown, columns, gallery, herd, question};
use serde_json::{Value, json};

use super::json::{Document, document as of};

/// What a program shows, and how, where it is of the gallery.
pub type About = Option<(&'static str, &'static str)>;

/// Beside a read of an older value than the newest.
const OLD: char = '~';
const C11: usize = 2;

/// Each shape in each form: which models allow the end that it asks for. SC allows none.
pub fn table(all: &[Judged], page: &Page) -> String {
    let cell = |judged: &Judged| match [1, C11].map(|model| judged.answer(model)) {
        [Answer::Yes, _] => "x86 C11",
        [_, Answer::Yes] => "C11",
        [_, Answer::ByRule(true)] => "(C11)",
        [Answer::No, Answer::No] => "-",
        _ => "?",
    };
    let forms =
        gallery::FORMS.iter().map(|form| if form.name.is_empty() { "rlx" } else { form.name });
    let mut text = String::new();
    if page.plain {
        for judged in all {
            let says = match cell(judged) {
                "-" => "no model allows it".to_string(),
                "(C11)" => "C11 allows it by the rule on load buffering".to_string(),
                "?" => "undecided".to_string(),
                models => format!("allowed by {}", models.replace(' ', " and ")),
            };
            text += &page.paragraph("", "  ", &format!("{}: {says}.", judged.program.name));
        }
    } else {
        let head: String = forms.map(|form| pad(form, 10)).collect();
        text +=
            &format!("{}\n", page.paint(Ink::Strong, format!("{}{head}", pad("", 8)).trim_end()));
        for (shape, judged) in gallery::SHAPES.iter().zip(all.chunks(gallery::FORMS.len())) {
            let cells: String = judged.iter().map(|judged| pad(cell(judged), 10)).collect();
            let line = format!("{}{cells}", pad(shape.name, 8));
            text += &format!("{}\n", line.trim_end());
        }
    }
    text += "\n";
    for form in &gallery::FORMS {
        let name = if form.name.is_empty() { "rlx" } else { form.name };
        text += &page.paragraph(&format!("  {}", pad(name, 11)), &" ".repeat(13), form.about);
    }
    text += "\n";
    text += &page.paragraph("", "", SAYS);
    text += "\nNext: racelab litmus SB; racelab litmus --file FILE reads herd's C format\n";
    text
}

const SAYS: &str = "A cell has the models that allow the end that the shape asks for; - is none, and \
    SC allows none of them. x86 is machine code in program order: a compiler may reorder what is \
    Relaxed. (C11) is load buffering: C11 allows it and the engine cannot show it; that comes from the \
    rule, by which an end is allowed where no value depends on itself.";

/// One program: its code in columns, its ends under each model, and what came here.
pub fn text(judged: &Judged, about: About, page: &Page) -> String {
    let program = &judged.program;
    let mut text = match about {
        Some((shape, form)) => {
            page.paragraph("", "  ", &format!("{}: {shape}; {form}.", program.name))
        }
        None => format!("{}\n", program.name),
    };
    text = text.replacen(&program.name, &page.paint(Ink::Strong, &program.name), 1);
    text += &format!("\n{}\n", code(judged, page));
    text += &page.paragraph("", "  ", &question(program));
    if let Some(raced) = &judged.raced {
        text += &page.paragraph("  ", "  ", UNDEFINED);
        return text + "\n" + &interleaving::text(raced, page);
    }
    text += &ends(judged, page);
    text += &answers(judged, page);
    for line in below(judged) {
        text += &page.paragraph("  ", "  ", &line);
    }
    let shown = |row: &&Row| row.asked && row.shown.is_some();
    let asked = judged.rows.iter().find(shown).and_then(|row| row.shown.as_ref());
    match asked.map(|shown| (&shown.token, shown)) {
        Some((Some(token), _)) => text += &format!("  racelab replay {token}\n"),
        Some((None, shown)) => {
            text += &format!("\n{}", interleaving::steps(&shown.execution, page))
        }
        None => {}
    }
    text
}

const UNDEFINED: &str = "UNDEFINED: a data race on plain memory, of which C11 says nothing more, \
    whatever this machine does. The execution:";

/// The threads side by side where there is room, else one after the other.
fn code(judged: &Judged, page: &Page) -> String {
    let cell = |line: &Line| format!("{} {}", letter(line.label), line.text);
    let mut all: Vec<Vec<String>> = columns(&judged.program)
        .iter()
        .enumerate()
        .map(|(at, lines)| {
            let head = std::iter::once(format!("  P{at}"));
            head.chain(lines.iter().map(cell)).collect()
        })
        .collect();
    let wide: Vec<usize> =
        all.iter().map(|lines| lines.iter().map(|line| width(line)).max().unwrap_or(0)).collect();
    if page.plain || wide.iter().map(|wide| wide + 2).sum::<usize>() > page.width + 2 {
        return all.concat().iter().map(|line| format!("{line}\n")).collect();
    }
    let rows = all.iter().map(Vec::len).max().unwrap_or(0);
    all.iter_mut().for_each(|lines| lines.resize(rows, String::new()));
    let row = |at: usize| {
        let cells = all.iter().zip(&wide).map(|(lines, wide)| pad(&lines[at], wide + 2));
        format!("{}\n", cells.collect::<String>().trim_end())
    };
    (0..rows).map(row).collect()
}

/// A statement's letter; a number where there are more than letters.
fn letter(label: usize) -> String {
    match u8::try_from(label) {
        Ok(label @ 0..26) => char::from(b'a' + label).to_string(),
        _ => (label + 1).to_string(),
    }
}

/// An execution: the letters of its statements, in their order.
fn letters(shown: &Shown) -> String {
    let steps = shown.execution.steps.iter().zip(&shown.labels);
    let one = steps.map(|(step, label)| {
        let mut text = label.map_or("?".to_string(), letter);
        text.extend(step.stale.then_some(OLD));
        text
    });
    one.collect::<Vec<_>>().join(" ")
}

/// How often a model comes to an end.
fn cell(judged: &Judged, row: &Row, model: usize) -> String {
    match row.graphs[model] {
        0 if model == C11 && row.by_rule => "by rule".to_string(),
        0 if judged.complete() => "never".to_string(),
        0 => "not seen".to_string(),
        graphs => number::count(graphs),
    }
}

fn ends(judged: &Judged, page: &Page) -> String {
    let program = &judged.program;
    let names: Vec<String> =
        program.observed().into_iter().map(|place| program.place(place)).collect();
    let here = |row: &Row| row.machine.map_or("-".to_string(), number::count);
    if page.plain {
        let one = |row: &Row| {
            let models: Vec<String> = Model::ALL
                .iter()
                .enumerate()
                .map(|(at, model)| format!("{} {}", model.name(), cell(judged, row, at)))
                .collect();
            let shown = row.shown.as_ref().map(|shown| format!("; {}", letters(shown)));
            let asked = if row.asked { ", as the question says" } else { "" };
            let says = format!(
                "{}{asked}: {}; here {}{}.",
                program.told(&row.state),
                models.join(", "),
                here(row),
                shown.unwrap_or_default()
            );
            page.paragraph("  ", "    ", &says)
        };
        return judged.rows.iter().map(one).collect();
    }
    let state = |row: &Row| {
        let values = row.state.iter().zip(&names);
        let values = values.map(|(value, name)| pad(&value.to_string(), width(name) + 1));
        values.collect::<String>()
    };
    let head: String = names.iter().map(|name| format!("{name} ")).collect();
    let wide = width(&head);
    let models: String = Model::ALL.iter().map(|model| pad(model.name(), 9)).collect();
    let head = format!("    {head} {models}{}an execution", pad("here", 12));
    let mut text = format!("{}\n", page.paint(Ink::Strong, &head));
    for row in &judged.rows {
        let cells: String = (0..3).map(|model| pad(&cell(judged, row, model), 9)).collect();
        let sign = if row.asked { "  * " } else { "    " };
        let shown = row.shown.as_ref().map(letters).unwrap_or_default();
        let line =
            format!("{sign}{} {cells}{}{shown}", pad(&state(row), wide), pad(&here(row), 12));
        let ink = if row.asked { Ink::Notable } else { Ink::Faint };
        text += &format!("{}\n", page.paint(ink, line.trim_end()));
    }
    text
}

/// What the question comes to.
fn answers(judged: &Judged, page: &Page) -> String {
    use racelab_litmus::program::Quantifier::{Always, Exists, Never};
    let quantifier = judged.program.question.quantifier;
    let says = |answer: Answer| match (answer, quantifier) {
        (Answer::Yes, Exists) => "allowed",
        (Answer::No, Exists) => "forbidden",
        (Answer::ByRule(true), Exists) => "allowed by the rule on load buffering",
        (Answer::Yes, Never | Always) => "holds",
        (Answer::No, Never | Always) => "does not hold",
        (Answer::ByRule(_), _) => "does not hold, by the rule on load buffering",
        (Answer::Undefined, _) => "undefined",
        (Answer::Open, _) => "undecided",
    };
    let all: Vec<String> = Model::ALL
        .iter()
        .enumerate()
        .map(|(at, model)| format!("{}: {}", model.name(), says(judged.answer(at))))
        .collect();
    page.paragraph("  => ", "     ", &all.join("; "))
}

/// What must be said of it besides.
fn below(judged: &Judged) -> Vec<String> {
    let mut lines = Vec::new();
    let old = judged.rows.iter().filter_map(|row| row.shown.as_ref());
    if old.clone().any(|shown| shown.execution.stale > 0) {
        lines.push(format!("{OLD} reads an older value than the newest."));
    }
    if judged.rows.iter().any(|row| row.by_rule) {
        lines.push(
            "by rule: the engine, which performs one statement after the other, cannot show it. It \
             comes from the axioms of C11 without RC11's ban on load buffering, where no value \
             depends on itself."
                .to_string(),
        );
    }
    if judged.races_by_rule {
        lines.push(
            "UNDEFINED under C11, by the rule: where loads are buffered, plain memory has a data \
             race, and of such a program C11 says nothing."
                .to_string(),
        );
    }
    if judged.rule == Rule::TooMany {
        lines.push(
            "The rule on load buffering was not applied: there are too many candidates. C11 may \
             allow more than is shown."
                .to_string(),
        );
    }
    if judged.overflows() {
        lines.push("There are more ends than are told apart: ask for fewer registers.".to_string());
    } else if !judged.complete() {
        lines.push("Not all was explored in the time there was: --time gives it more.".to_string());
    }
    if let Some(runs) = judged.runs {
        lines.push(format!("Graphs under each model; here of {} runs.", number::count(runs)));
    } else {
        lines.push(
            "Graphs under each model; not run here, where four threads race at most.".to_string(),
        );
    }
    lines
}

/// The document: each program with its ends.
pub fn document<'a>(all: impl IntoIterator<Item = (&'a Judged, About)>) -> Document {
    let programs: Vec<Value> =
        all.into_iter().map(|(judged, about)| program(judged, about)).collect();
    of("litmus", json!({ "programs": programs }))
}

fn program(judged: &Judged, about: About) -> Value {
    let program = &judged.program;
    let answer = |at: usize| match judged.answer(at) {
        Answer::Yes => ("yes", false),
        Answer::No => ("no", false),
        Answer::ByRule(holds) => (if holds { "yes" } else { "no" }, true),
        Answer::Undefined => ("undefined", judged.races_by_rule),
        Answer::Open => ("open", false),
    };
    let answers: Vec<Value> = Model::ALL
        .iter()
        .enumerate()
        .map(|(at, model)| {
            let (answer, by_rule) = answer(at);
            json!({ "model": model.name(), "answer": answer, "by_rule": by_rule })
        })
        .collect();
    let statements: Vec<Value> = columns(program)
        .concat()
        .iter()
        .map(|line| {
            json!({
                "label": letter(line.label), "thread": format!("P{}", line.thread),
                "line": line.line, "text": line.text,
            })
        })
        .collect();
    let end = |row: &Row| {
        let state: serde_json::Map<String, Value> = program
            .observed()
            .into_iter()
            .zip(&row.state)
            .map(|(place, value)| (program.place(place), json!(value)))
            .collect();
        let graphs: serde_json::Map<String, Value> = Model::ALL
            .iter()
            .zip(row.graphs)
            .map(|(model, graphs)| (model.name().to_string(), json!(graphs)))
            .collect();
        let shown = row.shown.as_ref();
        json!({
            "state": state, "asked": row.asked, "graphs": graphs, "by_rule": row.by_rule,
            "machine": row.machine, "execution": shown.map(letters),
            "token": shown.and_then(|shown| shown.token.as_deref()),
        })
    };
    json!({
        "name": program.name, "shows": about.map(|about| about.0), "form": about.map(|about| about.1),
        "herd": herd(program), "question": question(program), "statements": statements,
        "answers": answers, "complete": judged.complete(),
        "rule": match judged.rule { Rule::Applied => "applied", Rule::TooMany => "too-many" },
        "raced": judged.raced.as_ref().map(why::why),
        "runs": judged.runs, "ends": judged.rows.iter().map(end).collect::<Vec<_>>(),
    })
}
