//! The few lines of a source that matter: the functions that a failing execution ran through.

use racelab::Source;
use racelab::report::Failure;
use racelab::words::Page;

/// More lines than this are not shown.
const MOST: usize = 40;

/// A function of a source file: its name, and its lines from 0, comments above it included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) lines: std::ops::Range<usize>,
}

/// The functions of a source, in order. Nested ones belong to the outer.
pub(crate) fn functions(text: &str) -> Vec<Function> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<Function> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(name) = name(lines[at]) else {
            at += 1;
            continue;
        };
        let comments = lines[..at].iter().rev().take_while(|line| {
            let line = line.trim_start();
            line.starts_with("///") || line.starts_with("#[")
        });
        let start = at - comments.count();
        let closes =
            |line: &&str| indent(line) == indent(lines[at]) && line.trim_start().starts_with('}');
        let body = lines[at..].iter().position(closes);
        let one_line = lines[at].trim_end().ends_with('}');
        let end = if one_line { at + 1 } else { at + body.map_or(1, |body| body + 1) };
        found.push(Function { name, lines: start..end });
        at = end;
    }
    found
}

/// The name of the function that begins on this line.
fn name(line: &str) -> Option<String> {
    let line = line.trim_start();
    if line.starts_with("//") {
        return None;
    }
    let (before, after) = line.split_once("fn ")?;
    let words = ["pub", "const", "unsafe", "pub(crate)", "pub(super)"];
    if !before.split_whitespace().all(|word| words.contains(&word)) {
        return None;
    }
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    Some(after[..end].to_string())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The functions that the failing execution ran through; all but the imports where none is known.
pub(crate) fn matter(source: &Source, failure: Option<&Failure>) -> Vec<Function> {
    let steps = failure.map(|failure| failure.steps.as_slice()).unwrap_or_default();
    let here = |function: &Function| {
        let mut lines = steps.iter().filter(|step| step.file == source.name());
        lines.any(|step| function.lines.contains(&(step.line as usize - 1)))
    };
    functions(source.text).into_iter().filter(here).collect()
}

/// How many lines come before the first item: the file's sentence, and imports.
fn head(text: &str) -> usize {
    let head =
        |line: &&str| line.starts_with("//!") || line.starts_with("use ") || line.trim().is_empty();
    text.lines().take_while(head).count()
}

/// A source without its head.
pub(crate) fn body(text: &str) -> String {
    text.lines().skip(head(text)).map(|line| format!("{line}\n")).collect()
}

/// The lines that matter, numbered; a `>` marks those that the failing execution ran.
pub fn excerpt(source: &Source, failure: Option<&Failure>, page: &Page) -> String {
    let lines: Vec<&str> = source.text.lines().collect();
    let functions = matter(source, failure);
    let mut ranges: Vec<_> = functions.into_iter().map(|function| function.lines).collect();
    if ranges.is_empty() {
        ranges.push(head(source.text)..lines.len());
    }
    let ran = |line: usize| {
        let mut steps = failure.into_iter().flat_map(|failure| &failure.steps);
        steps.any(|step| step.file == source.name() && step.line as usize == line)
    };
    let all: usize = ranges.iter().map(|range| range.len()).sum();
    let inset = ranges.iter().cloned().flatten().filter(|&at| !lines[at].trim().is_empty());
    let inset = inset.map(|at| indent(lines[at])).min().unwrap_or(0);
    let mut text = String::new();
    for (index, at) in ranges.iter().cloned().flatten().take(MOST).enumerate() {
        if index > 0 && ranges.iter().any(|range| range.start == at) {
            text.push('\n');
        }
        let mark = if ran(at + 1) { '>' } else { ' ' };
        let first = format!("{:>4} {mark} ", at + 1);
        for line in page.code(&first, lines[at].get(inset..).unwrap_or("")) {
            text += &format!("{line}\n");
        }
    }
    if all > MOST {
        text += &format!("       ({} more lines in {})\n", all - MOST, source.file);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::report::{Kind, Step};
    use racelab::words::samples;

    const TEXT: &str = "//! A header.

use super::rt::Relaxed;

impl Header {
    pub fn new() -> Header { Header }

    /// The map has grown.
    pub fn replace(&self) {
        self.length.store(16, Relaxed);
    }

    pub fn read(&self) -> u64 {
        self.length.load(Relaxed)
    }
}
";

    fn failure(line: u32) -> Failure {
        let step = Step { line, ..samples::step("writer", "length", "store", "16") };
        samples::failure(Kind::Forbidden, "why", vec![step])
    }

    #[test]
    fn functions_have_their_comments() {
        let names: Vec<_> =
            functions(TEXT).into_iter().map(|f| (f.name, f.lines.start, f.lines.end)).collect();
        let expected = [("new", 5, 6), ("replace", 7, 11), ("read", 12, 15)];
        assert_eq!(names, expected.map(|(name, start, end)| (name.to_string(), start, end)));
    }

    #[test]
    fn only_what_ran_is_shown() {
        let source = Source { file: "broken.rs", text: TEXT };
        let expected = "
   8   /// The map has grown.
   9   pub fn replace(&self) {
  10 >     self.length.store(16, Relaxed);
  11   }
";
        let text = excerpt(&source, Some(&failure(10)), &Page::default());
        assert_eq!(format!("\n{text}"), expected);
    }

    #[test]
    fn without_a_failure_the_imports_are_left_out() {
        let source = Source { file: "broken.rs", text: TEXT };
        let text = excerpt(&source, None, &Page::default());
        assert!(text.starts_with("   5   impl Header {\n"), "{text}");
    }
}
