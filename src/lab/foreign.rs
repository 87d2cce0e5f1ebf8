//! Text that comes from elsewhere: from code under trial, from a pack, from a file's name. Whatever a
//! terminal would obey, or hide, is shown as what it is.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The text with control characters, escapes, and marks that turn or hide what follows written out,
/// as `\u{1b}`. Line breaks and tabs stay.
///
/// ```
/// assert_eq!(racelab::foreign::shown("\u{1b}[31mred\r\n"), "\\u{1b}[31mred\n");
/// assert_eq!(racelab::foreign::shown("plain"), "plain");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hides) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for c in text.replace("\r\n", "\n").chars() {
        match hides(c) {
            true => plain.extend(c.escape_unicode()),
            false => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// As [`shown`], on one line: a name, a title, a path.
pub fn line(text: &str) -> String {
    shown(text).replace(['\n', '\t'], " ")
}

/// Whether a terminal would obey it, or a reader not see it.
fn hides(c: char) -> bool {
    let kept = c == '\n' || c == '\t';
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Joiners between letters are part of some scripts.
    let unseen = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    (c.is_control() && !kept) || turns || unseen
}

/// What a document says, with every text in it as [`shown`].
pub(crate) fn read<T: DeserializeOwned>(document: &str) -> serde_json::Result<T> {
    let escapes = ["\\u00", "\\r", "\\b", "\\f"];
    let plain = !document.chars().any(hides) && !escapes.iter().any(|e| document.contains(e));
    if plain {
        return serde_json::from_str(document);
    }
    let mut value: Value = serde_json::from_str(document)?;
    show(&mut value);
    // By way of text again: reading all of a report from values as well would be a seventh of this
    // crate's code, all of it for this line.
    serde_json::from_str(&value.to_string())
}

fn show(value: &mut Value) {
    match value {
        Value::String(text) => *text = shown(text).into_owned(),
        Value::Array(values) => values.iter_mut().for_each(show),
        Value::Object(fields) => fields.values_mut().for_each(show),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        let attack = "\u{1b}]52;c;cHduZWQ=\u{7}\u{9b}2J\u{202e}gnp\u{2069}\u{200b}\u{e0041}x";
        let told = shown(attack);
        assert!(!told.chars().any(hides), "{told:?}");
        assert!(told.contains("\\u{1b}]52;c;cHduZWQ=\\u{7}\\u{9b}2J\\u{202e}gnp"), "{told}");
        assert_eq!(shown("a\tb\r\nc\rd"), "a\tb\nc\\u{d}d");
        assert_eq!(line("a\nb"), "a b");
        for kept in ["größer", "日本語", "می\u{200c}خواهم", "👩\u{200d}🚀"] {
            assert_eq!(shown(kept), kept);
        }
    }

    #[test]
    fn every_text_of_a_document_is_shown() {
        let document = r#"{"a": ["\u001b[2J", {"b": "x\ry"}], "n": 1.5}"#;
        let read: Value = read(document).expect("JSON");
        assert_eq!(read["a"][0], "\\u{1b}[2J");
        assert_eq!(read["a"][1]["b"], "x\\u{d}y");
        assert_eq!(read["n"], 1.5);
    }
}
