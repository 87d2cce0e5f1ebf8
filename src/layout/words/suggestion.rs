//! A suggested order of fields in words, with its price.

use crate::Judged;
use crate::suggest::Suggestion;
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, wrap};

const HOW: &str = "How: put each group into a struct of its own that is aligned to the line (Rust: \
    #[repr(align(N))]; C: _Alignas; C++: alignas; Go: a field of N bytes between the groups).";

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
                _ => "some inside a single field, which no order ends".to_owned(),
            };
            let price = format!("{} instead of {size} (+{more})", count(after.layout.size, "byte"));
            out.push_str(&say(&format!("Price: {price}. False sharing then: {left}.")));
            out.push_str(&say(&HOW.replace('N', &line.to_string())));
            out
        }
        Suggestion::Reorder(after) => {
            let fields: Vec<&str> = after.layout.fields.iter().map(|f| f.name.as_str()).collect();
            let saved = size - after.layout.size;
            let fields = fields.join(", ");
            say(&format!(
                "Suggestion: in the order {fields} it takes {} bytes instead of {size} (-{saved}), \
                 and no two users come closer. (Rust orders fields itself, unless told #[repr(C)].)",
                after.layout.size
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
        Suggestion::Keep => say("Suggestion: leave it. No order makes it smaller."),
        Suggestion::NotAStruct => {
            say("No suggestion: only the fields of a struct without bit-fields have an order.")
        }
    }
}
