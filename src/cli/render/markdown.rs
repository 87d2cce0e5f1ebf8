//! Markdown for a terminal: a lesson reads there as it does in the book.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use racelab::words::{Ink, Page};

/// Lines longer than this are hard to read.
const WIDEST: usize = 90;

/// The text, wrapped at the width of the page.
pub fn text(markdown: &str, page: &Page) -> String {
    let page = Page { width: page.width.min(WIDEST), ..*page };
    let mut terminal = Terminal { page, text: String::new(), inline: String::new(), ..START };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        terminal.event(event);
    }
    terminal.text.trim_end().to_string() + "\n"
}

/// What was read so far.
struct Terminal {
    page: Page,
    text: String,
    /// The paragraph that is being read.
    inline: String,
    /// The numbers of the lists that are open; `None` for one with bullets.
    lists: Vec<Option<u64>>,
    /// The bullet that the next paragraph begins with.
    bullet: String,
    quoted: bool,
    code: bool,
    heading: Option<HeadingLevel>,
    /// The rows of a table, in cells.
    rows: Vec<Vec<String>>,
    /// The target of a link that is open.
    link: String,
}

const START: Terminal = Terminal {
    page: Page { width: 80, colour: false, plain: false },
    text: String::new(),
    inline: String::new(),
    lists: Vec::new(),
    bullet: String::new(),
    quoted: false,
    code: false,
    heading: None,
    rows: Vec::new(),
    link: String::new(),
};

impl Terminal {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.listing(&text),
            Event::Text(text) => self.inline += &text,
            Event::Code(text) => self.inline += &format!("`{text}`"),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.paragraph(),
            Event::Rule => self.text += &format!("{}\n\n", "-".repeat(self.page.width.min(40))),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level),
            Tag::List(first) => {
                self.paragraph();
                self.lists.push(first);
            }
            Tag::Item => {
                self.bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_string(),
                };
            }
            Tag::CodeBlock(kind) => {
                self.paragraph();
                self.code = true;
                let _: CodeBlockKind<'_> = kind;
            }
            Tag::BlockQuote(_) => self.quoted = true,
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::Emphasis => self.inline.push('_'),
            Tag::Strong => self.inline.push('*'),
            Tag::Link { dest_url, .. } => self.link = dest_url.to_string(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let heading = std::mem::take(&mut self.inline);
                if !self.text.is_empty() {
                    self.text.truncate(self.text.trim_end().len());
                    self.text += "\n\n";
                }
                let heading = self.page.paint(Ink::Strong, &heading);
                self.text += &format!("{heading}\n\n");
                self.heading = None;
            }
            TagEnd::Paragraph => {
                self.paragraph();
                if self.lists.is_empty() {
                    self.text.push('\n');
                }
            }
            TagEnd::Item => self.paragraph(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.text.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.text.push('\n');
            }
            TagEnd::BlockQuote(_) => self.quoted = false,
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                self.rows.last_mut().expect("a cell is in a row").push(cell);
            }
            TagEnd::Table => self.table(),
            TagEnd::Emphasis => self.inline.push('_'),
            TagEnd::Strong => self.inline.push('*'),
            TagEnd::Link => {
                let link = std::mem::take(&mut self.link);
                if link.starts_with("http") {
                    self.inline += &format!(" ({link})");
                }
            }
            _ => {}
        }
    }

    /// Writes the paragraph that was read.
    fn paragraph(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        if inline.trim().is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1) * 2;
        let quote = if self.quoted { "| " } else { "" };
        let bullet = std::mem::take(&mut self.bullet);
        let inside = if self.lists.is_empty() { 0 } else { bullet.len().max(2) };
        let first = format!("{}{quote}{bullet}", " ".repeat(depth));
        let rest = format!("{}{quote}{}", " ".repeat(depth), " ".repeat(inside));
        let first = if bullet.is_empty() { rest.clone() } else { first };
        self.text += &self.page.paragraph(&first, &rest, &inline);
    }

    /// Code is set in and never wrapped.
    fn listing(&mut self, code: &str) {
        for line in code.lines() {
            let line = self.page.paint(Ink::Faint, line);
            self.text += format!("    {line}").trim_end();
            self.text.push('\n');
        }
    }

    /// A table whose last column is wrapped.
    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| racelab::words::width(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &rows {
            let Some((last, others)) = row.split_last() else { continue };
            let others = others.iter().zip(&widths);
            let before: String =
                others.map(|(cell, width)| racelab::words::pad(cell, *width) + "  ").collect();
            let rest = " ".repeat(racelab::words::width(&before));
            self.text += &self.page.paragraph(&format!("  {before}"), &format!("  {rest}"), last);
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_wrapped_and_its_code_is_not() {
        let markdown = "# Torn header

Two words are read *one by one*:
the reader may see `half` of each.

- a writer that stores twice in a row
- a reader

```rust
self.length.store(length, Relaxed);
```

1. See [loom](https://example.org).
";
        let expected = "
Torn header

Two words are read _one by
one_: the reader may see
`half` of each.

- a writer that stores twice
  in a row
- a reader

    self.length.store(length, Relaxed);

1. See loom
   (https://example.org).
";
        let page = Page { width: 28, ..Page::default() };
        assert_eq!(format!("\n{}", text(markdown, &page)), expected);
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let markdown = "| a | what |\n|---|---|\n| one | first |\n";
        assert_eq!(text(markdown, &Page::default()), "  a    what\n  one  first\n");
    }
}
