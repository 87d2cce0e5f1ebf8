//! Machine code as text and as a document: two versions of each actor, one as a change of the other.

use std::ops::Range;

use serde_json::{Value, json};
use similar::ChangeTag;

use super::diff::changes;
use super::json::{Document, document};
use crate::asm::{Architecture, Code, ELSEWHERE, Function, Instruction};
use racelab::words::{Ink, Page};

/// Two versions of a demo.
#[derive(Debug)]
pub struct Compared<'a> {
    /// The demo's name.
    pub demo: &'a str,
    /// What the code is for.
    pub architecture: Architecture,
    /// A version's name, and its actors.
    pub before: (String, Vec<Code>),
    /// The same of the version it is compared with.
    pub after: (String, Vec<Code>),
}

impl Compared<'_> {
    /// Each actor of either version, in order.
    fn actors(&self) -> Vec<(&'static str, Option<&Code>, Option<&Code>)> {
        let find = |codes: &'_ [Code], name| codes.iter().position(|code| code.actor == name);
        let (before, after) = (&self.before.1, &self.after.1);
        let both = before
            .iter()
            .map(|code| (code.actor, Some(code), find(after, code.actor).map(|at| &after[at])));
        let new = after.iter().filter(|code| find(before, code.actor).is_none());
        both.chain(new.map(|code| (code.actor, None, Some(code)))).collect()
    }

    fn same(&self) -> bool {
        self.actors().iter().all(|(_, before, after)| same(*before, *after))
    }

    /// Whether some of it goes to what is not shown, and nobody knows what that is.
    fn goes_elsewhere(&self) -> bool {
        let codes = self.before.1.iter().chain(&self.after.1);
        let mut instructions = codes.flat_map(|code| &code.functions).flat_map(|f| &f.instructions);
        instructions.any(|instruction| instruction.text.contains(ELSEWHERE))
    }
}

fn same(before: Option<&Code>, after: Option<&Code>) -> bool {
    matches!((before, after), (Some(before), Some(after)) if lines(before) == lines(after))
}

/// Each instruction as a line, with the name of each function that is called before its own.
fn lines(code: &Code) -> String {
    let mut text = String::new();
    for Function { name, instructions } in &code.functions {
        if !name.is_empty() {
            text += &format!("{name}:\n");
        }
        for instruction in instructions {
            text += &format!("{:>4x}  {}\n", instruction.offset, instruction.text);
        }
    }
    text
}

/// The same without the places of the instructions, which one more instruction moves.
fn places_apart(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", code_of(line))).collect()
}

fn code_of(line: &str) -> &str {
    line.trim_start().split_once("  ").map_or(line, |(_, code)| code)
}

/// The code of each actor: what both versions have once, what one has alone with a sign.
pub fn text(compared: &Compared<'_>, page: &Page) -> String {
    let (before, after) = (&compared.before.0, &compared.after.0);
    let place = compared.architecture.name();
    let alone = before == after;
    let beside = if alone { String::new() } else { format!(" beside {after}") };
    let title = format!("{} on {place}: {before}{beside}", compared.demo);
    let mut text = page.paragraph("", "  ", &title);
    for (actor, old, new) in compared.actors() {
        let says = match (old, new) {
            _ if alone => "its code".to_string(),
            (Some(old), Some(new)) if old.address == new.address => {
                "the same code: the compiler kept one copy for both".to_string()
            }
            _ if same(old, new) => format!("the same in {before} and in {after}"),
            (Some(_), Some(_)) => format!("- in {before} alone, + in {after} alone"),
            (Some(_), None) => format!("in {before} alone"),
            _ => format!("in {after} alone"),
        };
        text += &format!("\n{}: {says}\n\n", page.paint(Ink::Strong, actor));
        let code = |code: Option<&Code>| code.map(lines).unwrap_or_default();
        let (old_text, new_text) = (code(old), code(new));
        let whole = |lines: &str| 0..lines.lines().count();
        if old.is_none() || new.is_none() || old_text == new_text {
            let shown = if old.is_some() { &old_text } else { &new_text };
            text += &part(shown, whole(shown), ' ', old.or(new), page);
            continue;
        }
        let (plain_old, plain_new) = (places_apart(&old_text), places_apart(&new_text));
        for change in changes(&plain_old, &plain_new) {
            let (sign, shown, at, code) = match change.tag() {
                ChangeTag::Delete => ('-', &old_text, change.old_index(), old),
                ChangeTag::Insert => ('+', &new_text, change.new_index(), new),
                ChangeTag::Equal => (' ', &new_text, change.new_index(), new),
            };
            let at = at.unwrap_or(0);
            text += &part(shown, at..at + 1, sign, code, page);
        }
    }
    if alone { text } else { text + "\n" + &finding(compared, page) }
}

fn part(lines: &str, range: Range<usize>, sign: char, code: Option<&Code>, page: &Page) -> String {
    let ink = match sign {
        '-' => Ink::Bad,
        '+' => Ink::Good,
        _ => Ink::Faint,
    };
    let mut text = String::new();
    for line in lines.lines().skip(range.start).take(range.len()) {
        let all = code.iter().flat_map(|code| &code.functions);
        let order = all
            .flat_map(|function| &function.instructions)
            .find(|instruction| instruction.text == code_of(line))
            .and_then(|instruction| instruction.order);
        for line in page.code(&format!("  {sign} "), line) {
            text += &format!("{}\n", page.paint(ink, &line));
        }
        if let Some(order) = order {
            text += &page
                .paint(Ink::Notable, &page.paragraph("            ^ ", "              ", order));
        }
    }
    text
}

/// What it comes to, in words.
fn finding(compared: &Compared<'_>, page: &Page) -> String {
    let (before, after) = (&compared.before.0, &compared.after.0);
    let says = if compared.same() && compared.goes_elsewhere() {
        "The sources differ and the instructions that are shown do not; some go to code that has no \
         name here, and is not shown."
            .to_string()
    } else if compared.same() && compared.architecture == Architecture::X86 {
        "The sources differ and the instructions do not: on x86-64 an ordinary store has Release \
         and an ordinary load has Acquire, asked for or not. What the source lacks cannot show on \
         this processor; it shows to the compiler, which may move Relaxed accesses, and on other \
         processors. On AArch64 a Relaxed store is `str` and a Release store `stlr`, a Relaxed \
         load `ldr` and an Acquire load `ldar` or `ldapr`."
            .to_string()
    } else if compared.same() {
        "The sources differ and the instructions do not: this processor cannot show the difference."
            .to_string()
    } else {
        let alone = |ours: &[Code], others: &[Code]| {
            let others = orders(others);
            let mut alone = orders(ours);
            alone.retain(|order| !others.contains(order));
            alone.join(", ")
        };
        let old = alone(&compared.before.1, &compared.after.1);
        let new = alone(&compared.after.1, &compared.before.1);
        match (old.is_empty(), new.is_empty()) {
            (true, true) => "They differ, but no kind of instruction that orders \
                             others is in one of them alone."
                .to_string(),
            (false, true) => {
                format!("Of the instructions that order others, only {before} has: {old}.")
            }
            (true, false) => {
                format!("Of the instructions that order others, only {after} has: {new}.")
            }
            (false, false) => format!(
                "Of the instructions that order others, only {before} has: {old}; only {after} \
                 has: {new}."
            ),
        }
    };
    page.paragraph("", "", &says)
}

/// The instructions that order others, each by its first word or two, once.
fn orders(codes: &[Code]) -> Vec<String> {
    let functions = codes.iter().flat_map(|code| &code.functions);
    let instructions = functions.flat_map(|function| &function.instructions);
    let mut found: Vec<String> = instructions
        .filter(|instruction| instruction.order.is_some())
        .map(|instruction| {
            let words = if instruction.text.starts_with("lock ") { 2 } else { 1 };
            let words: Vec<&str> = instruction.text.split(' ').take(words).collect();
            format!("`{}`", words.join(" "))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The document of `racelab asm --json`.
pub fn json(compared: &Compared<'_>) -> Document {
    let functions = |code: &Code| -> Value {
        let functions = code.functions.iter().map(|function| {
            let instructions: Vec<Value> = function.instructions.iter().map(instruction).collect();
            json!({ "name": function.name, "instructions": instructions })
        });
        functions.collect()
    };
    let actors = compared.actors().into_iter().map(|(actor, before, after)| {
        json!({
            "name": actor,
            "same": same(before, after),
            "before": before.map(functions),
            "after": after.map(functions),
        })
    });
    document(
        "asm",
        json!({
            "name": compared.demo,
            "architecture": compared.architecture.name(),
            "before": compared.before.0,
            "after": compared.after.0,
            "same": compared.same(),
            "actors": actors.collect::<Vec<Value>>(),
        }),
    )
}

fn instruction(instruction: &Instruction) -> Value {
    json!({
        "offset": instruction.offset,
        "text": instruction.text,
        "order": instruction.order,
        "memory": instruction.memory,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two versions of one actor, which is one instruction.
    fn finds(before: &str, after: &str) -> String {
        let code = |text: &str| {
            let instructions = vec![Instruction::plain(text)];
            let functions = vec![Function { name: String::new(), instructions }];
            vec![Code { actor: "writer", address: text.len(), functions }]
        };
        let compared = Compared {
            demo: "demo",
            architecture: Architecture::X86,
            before: ("broken".to_string(), code(before)),
            after: ("fixed".to_string(), code(after)),
        };
        finding(&compared, &Page { width: 200, ..Page::default() })
    }

    #[test]
    fn what_is_not_shown_is_not_called_equal() {
        assert!(finds("ret", "ret").contains("the instructions do not"));
        assert!(finds("call elsewhere", "call elsewhere").contains("is not shown"));
        assert!(finds("ret", "call elsewhere").starts_with("They differ"));
    }
}
