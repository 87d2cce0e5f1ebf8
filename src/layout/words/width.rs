//! Makes text fit: cuts a name that is too long, wraps a sentence.

/// `text` in at most `width` columns; what is cut ends in `…`.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if racelab::words::width(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    if width == 0 { kept } else { kept + "…" }
}

/// `text` wrapped between words to `width` columns, later lines indented by `indent`.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = racelab::words::width(word);
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// What is wrong, in lines of at most `width` columns.
pub fn error_text(message: &str, width: usize) -> String {
    wrap(&format!("error: {message}"), width, 2) + "\n"
}

/// `1 byte`, `2 bytes`: the number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_long_sentences_wrapped() {
        assert_eq!(cut("AtomicU64", 9), "AtomicU64");
        assert_eq!(cut("AtomicU64", 6), "Atomi…");
        assert_eq!(cut("AtomicU64", 0), "");
        assert_eq!(wrap("one two three", 8, 2), "one two\n  three");
        assert_eq!(count(1, "line"), "1 line");
        assert_eq!(count(0, "byte"), "0 bytes");
    }
}
