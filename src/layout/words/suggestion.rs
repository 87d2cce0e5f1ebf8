//! A suggested order of fields in words, with its price.

use crate::suggest::Suggestion;
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, wrap};
use crate::{Judged, Language};

/// How a group gets lines of its own.
fn how(language: Language, line: usize) -> String {
    let means = match language {
        Language::Rust => format!("#[repr(align({line}))]"),
        Language::C => format!("_Alignas({line}) on its first field"),
        Language::Cpp => format!("alignas({line})"),
        Language::Go => format!("a field of {line} bytes between the groups; Go aligns no type so"),
        Language::Zig => format!("align({line}) on its first field"),
        Language::D => format!("align({line})"),
        _ => format!("aligned to {line}"),
    };
    format!("How: put each group into a struct of its own that is aligned to the line ({means}).")
}

/// What an order means beyond its bytes.
fn order_is(language: Language) -> &'static str {
    match language {
        Language::Rust => "(Rust orders fields itself, unless told #[repr(C)].)",
        Language::Go => "(Literals without field names follow the order.)",
        _ => {
            "The order is part of the binary interface: where the type is shared with other \
             programs, files or libraries built apart, or initialised by position, it stays."
        }
    }
}

/// The suggestion for `judged` in lines of at most `width` columns.
pub fn suggestion_text(judged: &Judged, suggestion: &Suggestion, width: usize) -> String {
    let words = suggestion_words(judged, suggestion, width);
    match (suggestion, words.split_once('\n')) {
        (Suggestion::Separate(..), Some((title, rest))) => {
            format!("{}\n{rest}", paint(title, Ink::Heading))
        }
        _ => words,
    }
}

/// The same without colour.
pub(crate) fn suggestion_words(judged: &Judged, suggestion: &Suggestion, width: usize) -> String {
    let line = judged.cache_line;
    let size = judged.layout.size;
    let say = |text: &str| wrap(text, width, 2) + "\n";
    match suggestion {
        Suggestion::Separate(groups, after) => {
            let title = format!(
                "Suggestion: {} of {line} bytes, one for each group",
                count(groups.len(), "line")
            );
            let mut out = title + "\n";
            for (number, group) in groups.iter().enumerate() {
                let writers = match group.writers.as_slice() {
                    [] => "no declared writer".to_owned(),
                    writers => format!("written by {}", writers.join(", ")),
                };
                let fields = group.fields.join(", ");
                let text = format!("{} {fields} ({writers})", number + 1);
                out.push_str(&format!("  {}\n", wrap(&text, width.saturating_sub(2), 4)));
            }
            let more = after.layout.size.saturating_sub(size);
            let left = match after.drawn().len() {
                0 => "none found".to_owned(),
                _ => "less, but some inside a single field, which no order ends".to_owned(),
            };
            let price = format!("{} instead of {size} (+{more})", count(after.layout.size, "byte"));
            out.push_str(&say(&format!("Price: {price}. False sharing then: {left}.")));
            out.push_str(&say(&how(judged.layout.language, line)));
            if judged.layout.language != Language::Rust {
                out.push_str(&say(order_is(judged.layout.language)));
            }
            out
        }
        Suggestion::Reorder(after) => {
            let fields: Vec<&str> = after.layout.fields.iter().map(|f| f.name.as_str()).collect();
            let saved = size - after.layout.size;
            let fields = fields.join(", ");
            say(&format!(
                "Suggestion: in the order {fields} it takes {} bytes instead of {size} (-{saved}), \
                 and no two users come closer. {}",
                after.layout.size,
                order_is(judged.layout.language)
            ))
        }
        Suggestion::Refused(saved, pair) => {
            let [first, second] = &pair.fields;
            say(&format!(
                "Suggestion: leave it. Sorted by size it would be {} smaller, but {first} and \
                 {second}, which different threads use, would meet in a line.",
                count(*saved, "byte")
            ))
        }
        Suggestion::PadElement { array, size: element, padded, count: elements } => {
            let more = (padded - element) * elements;
            let array = if array.is_empty() { "the array" } else { array };
            say(&format!(
                "Suggestion: pad the element of {array}, not the order: with {padded} bytes instead \
                 of {element}, aligned to the line, each of the {elements} has lines of its own. \
                 Price: {} more.",
                count(more, "byte")
            ))
        }
        Suggestion::PartBits(pair) => {
            let [first, second] = &pair.fields;
            say(&format!(
                "Suggestion: take {first} and {second} apart: a bit-field of width 0 between them, or \
                 integers of their own, makes two memory locations. One location must not be written \
                 by two threads, whatever lock each of them holds.",
            ))
        }
        Suggestion::Declare(fields) => say(&format!(
            "Suggestion: none before it is known who writes them: say --writer FIELD=NAME of {}. A \
             lock and what it guards are well beside each other.",
            crate::sharing::collapse(fields.iter().map(String::as_str), 2).join(", ")
        )),
        Suggestion::Inside(fields) => say(&format!(
            "Suggestion: no order of these fields helps: {} meet inside one field or base; change \
             its type.",
            crate::sharing::collapse(fields.iter().map(String::as_str), 2).join(", ")
        )),
        Suggestion::Keep => say("Suggestion: leave it. No order makes it smaller."),
        Suggestion::NotAStruct => say(
            "No suggestion: only the fields of a struct whose types are all known have an order.",
        ),
    }
}
