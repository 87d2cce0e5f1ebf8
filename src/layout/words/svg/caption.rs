//! Words below a picture: what was suggested, measured and verified.

use crate::Judged;
use crate::findings::Findings;
use crate::words::cost::cost_text;
use crate::words::measured::measured_text;
use crate::words::suggestion::suggestion_words;
use crate::words::svg::panel::Column;
use crate::words::svg::strip::text;
use crate::words::svg::style::WIDTH;
use crate::words::verdict::{distinct, sentence, told as pair_words};
use crate::words::verified::verified_words;
use crate::words::width::{count, wrap};

/// Pixels: a line of words, and about the width of a letter.
const LINE: usize = 18;
const LETTER: usize = 8;

/// The verdicts on `judged`, in lines that fit below a picture.
pub(super) fn verdict_words(judged: &Judged) -> String {
    let mut out = String::new();
    for sharing in judged.drawn() {
        let line = format!("Lines of {} bytes: {}.", sharing.cache_line, sentence(sharing));
        out.push_str(&(wrap(&line, WIDTH / LETTER, 2) + "\n"));
        let (pairs, more) = distinct(sharing);
        for pair in pairs {
            let line = format!("  {}", pair_words(pair, sharing.phases));
            out.push_str(&(wrap(&line, WIDTH / LETTER, 4) + "\n"));
        }
        if more > 0 {
            out.push_str(&format!("  and {}\n", count(more, "more pair")));
        }
    }
    if judged.drawn().is_empty() && judged.subjects > 1 {
        let line = judged.cache_line;
        out.push_str(&format!(
            "Lines of {line} bytes: no false sharing found within one object.\n"
        ));
    }
    out
}

/// What `found` says about `judged`, in lines that fit below a picture.
pub(super) fn told(judged: &Judged, found: &Findings) -> String {
    let width = WIDTH / LETTER;
    let mut words = String::new();
    if let Some(checked) = &found.verified {
        words.push_str(&verified_words(checked, width));
    }
    if let Some(suggestion) = &found.suggestion {
        words.push_str(&suggestion_words(judged, suggestion, width));
    }
    if let Some(measured) = &found.measured {
        words.push_str(&measured_text(judged, measured.starts.as_ref(), width));
        words.push_str(&cost_text(measured.cost.as_ref(), width));
    }
    words
}

/// Writes `words` from `y` downwards, spaces before a line as an indent; where they end.
pub(super) fn caption(words: &str, column: Column, y: usize, out: &mut String) -> usize {
    let mut y = y;
    for line in words.lines() {
        let indent = line.len() - line.trim_start().len();
        out.push_str(&text(column.left + indent * LETTER, y + LINE, "label", line.trim_start()));
        y += LINE;
    }
    y
}
