//! The page that is written on: its width, and whether it has colour.

use unicode_width::UnicodeWidthStr;

/// What a piece of text is for. Colour only repeats what a word or sign beside it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As it should be.
    Good,
    /// A failure, or something else that is not as it should be.
    Bad,
    /// Worth a second look.
    Notable,
    /// Beside the point.
    Faint,
    /// A heading, or a word that is to stand out.
    Strong,
    /// What the actor of this number does: the next ones differ.
    Actor(usize),
}

/// Where text goes: a terminal, a pipe, a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many columns a line may take.
    pub width: usize,
    /// Whether escape sequences for colour are welcome.
    pub colour: bool,
    /// Sentences instead of tables: for screen readers.
    pub plain: bool,
}

impl Default for Page {
    /// 80 columns, no colour, tables.
    fn default() -> Page {
        Page { width: 80, colour: false, plain: false }
    }
}

impl Page {
    /// The text in this ink; unchanged on a page without colour.
    pub fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.colour || text.trim().is_empty() {
            return text.to_string();
        }
        // By hand, for the library prints tables too, and it has no terminal crates.
        let code = match ink {
            Ink::Good => "32",
            Ink::Bad => "1;31",
            Ink::Notable => "33",
            Ink::Faint => "2",
            Ink::Strong => "1",
            Ink::Actor(number) => ["36", "35", "34", "32"][number % 4],
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// A paragraph: wrapped at words, its first line after `first`, the others after `rest`.
    /// Ends with a line break.
    pub fn paragraph(&self, first: &str, rest: &str, text: &str) -> String {
        let room = self.width.saturating_sub(rest.width().max(first.width()));
        let mut paragraph = String::new();
        for (index, line) in wrap(text, room.max(20)).iter().enumerate() {
            let indent = if index == 0 { first } else { rest };
            paragraph.push_str(format!("{indent}{line}").trim_end());
            paragraph.push('\n');
        }
        paragraph
    }
}

impl Page {
    /// A line of code after `first`: folded at spaces where it is wider than the page.
    pub fn code(&self, first: &str, line: &str) -> Vec<String> {
        let prefix = first.width();
        let indent = prefix + line.len() - line.trim_start().len();
        // A comment goes on as a comment.
        let comment =
            line.trim_start().split_once(' ').filter(|(start, _)| start.starts_with("//"));
        let go_on = comment.map_or("    ".to_string(), |(start, _)| format!("{start} "));
        let inset = " ".repeat(indent) + &go_on;
        let mut lines = vec![first.to_string()];
        let mut empty = true;
        for word in line.split_inclusive(' ') {
            let last = lines.last_mut().expect("there is a line");
            if !empty && last.width() + word.trim_end().width() > self.width {
                lines.push(inset.clone() + word);
            } else {
                last.push_str(word);
            }
            empty &= word.trim().is_empty();
        }
        lines.iter().map(|line| line.trim_end().to_string()).collect()
    }
}

/// Columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks after it, up to so many columns.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Lines of at most `width` columns, broken at spaces; a longer word stands alone.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line");
        let length = line.width();
        if length > 0 && length + 1 + word.width() > width {
            lines.push(word.to_string());
        } else {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_hangs_under_its_first_line() {
        let page = Page { width: 26, ..Page::default() };
        let text = page.paragraph("why: ", "     ", "new length with the old array");
        assert_eq!(text, "why: new length with the\n     old array\n");
    }

    #[test]
    fn code_is_folded_under_itself() {
        let page = Page { width: 24, ..Page::default() };
        let lines = page.code("  9  ", "    let words = Words { array };");
        assert_eq!(
            lines,
            ["  9      let words =", "             Words {", "             array };"]
        );
        assert_eq!(page.code("  9  ", "    x();"), ["  9      x();"]);
        let lines = page.code("  9  ", "  // Pairs with the load.");
        assert_eq!(lines, ["  9    // Pairs with the", "       // load."]);
    }

    #[test]
    fn ink_needs_a_page_with_colour() {
        assert_eq!(Page::default().paint(Ink::Bad, "torn"), "torn");
        let page = Page { colour: true, ..Page::default() };
        assert_eq!(page.paint(Ink::Bad, "torn"), "\x1b[1;31mtorn\x1b[0m");
    }
}
