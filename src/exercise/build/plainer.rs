//! What rustc says of a student's file, in one sentence where it is one of the usual slips: a field
//! that `fields!` does not name, a tuple struct, a signature that was changed, a forgotten import.

use std::collections::BTreeSet;

use racelab::sight;

use super::Message;
use outline::{Item, Outline};

mod outline;

/// Where a judge lies, as rustc names it.
const JUDGE: &str = ".racelab/judge";
/// Where the library lies.
const LIBRARY: &str = ".racelab/library";

/// The same messages, the usual slips first and in plain words; what followed from them is left out.
/// `source` is the text of the student's `file`, and `start` the text that it started as.
pub(crate) fn plainer(
    messages: Vec<Message>,
    (file, source): (&str, &str),
    start: &str,
) -> Vec<Message> {
    let (now, then) = (Outline::of(source), Outline::of(start));
    let say = |line: usize, text: String| Message {
        level: "error".to_string(),
        shown: shown(file, source, line, &text),
        text,
        code: None,
        file: Some(file.to_string()),
        line: line as u64,
        column: 1,
    };
    let mut plain: Vec<Message> = Vec::new();
    let mut left: Vec<Message> = Vec::new();
    let slips = declared(&now, &messages);
    let declared = !slips.is_empty();
    plain.extend(slips.into_iter().map(|(line, text)| say(line, text)));
    let judged = messages.iter().any(|message| within(message, JUDGE));
    let changed = if judged { changed(&now, &then) } else { Vec::new() };
    let signatures = !changed.is_empty();
    plain.extend(changed.into_iter().map(|(line, text)| say(line, text)));
    let mut imports = BTreeSet::new();
    for message in messages {
        match missing(&message) {
            Some((name, path)) => {
                if imports.insert(name.clone()) {
                    let line = message.line as usize;
                    plain.push(say(
                        line,
                        format!("{name} is not imported: add `use super::{path};`"),
                    ));
                }
            }
            None => left.push(message),
        }
    }
    // What rustc says elsewhere of such a slip names nothing that the student has written.
    let follows = |message: &Message| {
        let of_fields = within(message, LIBRARY)
            || message.text.contains("Fields")
            || source.lines().nth((message.line as usize).saturating_sub(1)).is_some_and(|line| {
                line.contains("fields!") && message.file.as_deref() == Some(file)
            });
        (signatures && within(message, JUDGE))
            || (declared && (of_fields || within(message, JUDGE)))
    };
    left.retain(|message| !follows(message));
    // A name that is not known makes everything that uses it wrong.
    if !imports.is_empty() {
        left.retain(|message| !within(message, JUDGE) && !within(message, LIBRARY));
    }
    plain.extend(left);
    plain
}

fn within(message: &Message, folder: &str) -> bool {
    message.file.as_deref().is_some_and(|file| file.contains(folder))
}

fn shown(file: &str, source: &str, line: usize, text: &str) -> String {
    let line_of = source.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    format!("{file}:{line}  {line_of}\n  {text}\n")
}

/// Slips in `fields!`: a line, and what is to be done.
fn declared(now: &Outline, messages: &[Message]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for declaration in &now.declared {
        let name = &declaration.name;
        let Some(of) = now.structs.iter().find(|of| of.name == *name) else { continue };
        if of.tuple {
            let field = of.fields.first().map_or("u64", |field| field.text.as_str());
            let text = format!(
                "fields! takes a struct with named fields: write `struct {name} {{ value: {field} }}`, \
                 and `value` for its field in fields!"
            );
            found.push((of.line, text));
            continue;
        }
        let is = |fields: &[Item], name: &str| fields.iter().any(|field| field.name == name);
        let who = declaration.fields.first().map_or("writer -> reader", |field| &field.text);
        for field in of.fields.iter().filter(|field| !is(&declaration.fields, &field.name)) {
            let text = format!(
                "the field {} of {name} is not in fields! (line {}): add `{}: {who}` there, who \
                 writes it -> who reads it",
                field.name, declaration.line, field.name
            );
            found.push((field.line, text));
        }
        for field in declaration.fields.iter().filter(|field| !is(&of.fields, &field.name)) {
            let text = format!("fields! names {}, and {name} has no such field", field.name);
            found.push((field.line, text));
        }
    }
    for of in &now.structs {
        let known = now.declared.iter().any(|declared| declared.name == of.name);
        let asked = messages.iter().any(|message| {
            message.text.contains("Fields") && message.text.contains(&format!("{}:", of.name))
        });
        if !known && asked {
            let fields = of.fields.iter().map(|field| format!("{}: writer -> reader", field.name));
            let fields: Vec<String> = fields.collect();
            let text = format!(
                "{} has no fields!: after it, write `racelab::fields!({} {{ {} }});`, who writes each \
                 field -> who reads it",
                of.name,
                of.name,
                fields.join(", ")
            );
            found.push((of.line, text));
        }
    }
    found
}

/// Functions that the judge calls and that are others now.
fn changed(now: &Outline, then: &Outline) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for before in then.functions.iter().filter(|function| function.text.starts_with("pub ")) {
        let same = |function: &&Item| function.name == before.name;
        match now.functions.iter().find(same) {
            Some(after) if after.text == before.text => {}
            Some(after) => found.push((
                after.line,
                format!("the judge calls it as `{}`: this signature stays as it was", before.text),
            )),
            None => {
                found.push((1, format!("`{}` is missing, and the judge calls it", before.text)))
            }
        }
    }
    found
}

/// A name that the facade has and that was not imported, and its path there.
fn missing(message: &Message) -> Option<(String, String)> {
    let codes = ["E0412", "E0433", "E0425", "E0405", "E0531", "E0432"];
    message.code.as_deref().filter(|code| codes.contains(code))?;
    let finds = ["cannot find", "undeclared type", "not found"];
    finds.iter().any(|words| message.text.contains(words)).then_some(())?;
    let name = message.text.split('`').nth(1)?.to_string();
    let orders = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];
    if orders.contains(&name.as_str()) {
        return Some((name.clone(), format!("rt::sync::atomic::Ordering::{name}")));
    }
    let modules = ["sync::atomic", "sync", "cell", "thread", "sync::mpsc", "hint"];
    let mut paths = modules.iter().map(|module| format!("std::{module}::{name}"));
    let path = paths.find_map(|path| sight::in_facade(&path))?;
    Some((name, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "use super::rt::sync::atomic::AtomicU32;

pub struct Thermometer {
    celsius: AtomicU32,
}

racelab::fields!(Thermometer { celsius: sensor -> display });

impl Thermometer {
    pub fn last(&self) -> (u32, u32) {
        (0, 0)
    }
}
";

    fn message(text: &str, code: Option<&str>, file: &str, line: u64) -> Message {
        Message {
            level: "error".to_string(),
            text: text.to_string(),
            code: code.map(str::to_string),
            file: Some(file.to_string()),
            line,
            column: 1,
            shown: text.to_string(),
        }
    }

    #[track_caller]
    fn told(source: &str, messages: Vec<Message>, expected: &[(u64, &str)]) {
        let told = plainer(messages, ("exercises/x.rs", source), START);
        let told: Vec<(u64, &str)> = told.iter().map(|m| (m.line, m.text.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_field_that_is_not_declared() {
        let source =
            START.replace("AtomicU32,\n}", "AtomicU32,\n    /// new\n    version: AtomicU32,\n}");
        let library = ".racelab/library/fields.rs";
        told(
            &source,
            vec![message("pattern requires `..` due to inaccessible fields", None, library, 203)],
            &[(
                6,
                "the field version of Thermometer is not in fields! (line 9): add `version: sensor -> \
                 display` there, who writes it -> who reads it",
            )],
        );
    }

    #[test]
    fn a_tuple_struct_and_none_at_all() {
        let source =
            START.to_string() + "struct Line(AtomicU32);\nracelab::fields!(Line { 0: a });\n";
        let macro_error = message("no rules expected `(`", None, "exercises/x.rs", 15);
        told(
            &source,
            vec![macro_error],
            &[(
                14,
                "fields! takes a struct with named fields: write `struct Line { value: AtomicU32 }`, and \
                 `value` for its field in fields!",
            )],
        );
        let source =
            START.replace("racelab::fields!(Thermometer { celsius: sensor -> display });", "");
        let bound = "the trait bound `Thermometer: Fields` is not satisfied";
        let told = plainer(
            vec![message(bound, Some("E0277"), ".racelab/judge/x_race.rs", 3)],
            ("exercises/x.rs", &source),
            START,
        );
        assert!(
            told[0].text.starts_with("Thermometer has no fields!: after it, write"),
            "{told:?}"
        );
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn a_signature_that_was_changed() {
        let source = START.replace("last(&self)", "last(\n        &mut self,\n    )");
        let borrow = "cannot borrow `*x` as mutable";
        told(
            &source,
            vec![message(borrow, Some("E0596"), ".racelab/judge/x_race.rs", 9)],
            &[(
                10,
                "the judge calls it as `pub fn last(&self) -> (u32, u32)`: this signature stays as it was",
            )],
        );
    }

    #[test]
    fn a_forgotten_import_and_what_is_no_slip() {
        let scope = "cannot find type `AtomicU64` in this scope";
        let other = message("mismatched types", Some("E0308"), "exercises/x.rs", 11);
        let judge = message("mismatched types", Some("E0308"), ".racelab/judge/x_race.rs", 11);
        told(
            START,
            vec![
                message(scope, Some("E0412"), "exercises/x.rs", 4),
                message(scope, Some("E0412"), "exercises/x.rs", 5),
                other,
                judge,
            ],
            &[
                (4, "AtomicU64 is not imported: add `use super::rt::sync::atomic::AtomicU64;`"),
                (11, "mismatched types"),
            ],
        );
    }
}
