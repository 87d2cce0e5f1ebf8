//! `racelab explain`: a lesson, a term or a verdict, from the pages of the book.

use crate::render::{json, markdown};
use racelab_demos::course::Demo;

use super::{Ending, Out};

/// The terms and verdicts: a heading for each.
const GLOSSARY: &str = include_str!("../../../book/src/glossary.md");

/// Everything that can be explained.
pub fn names() -> Vec<String> {
    let demos = racelab_demos::every().map(|demo| demo.name.to_string());
    // A term that is a demo too has its lesson.
    let terms = terms().map(|(name, _)| name).filter(|name| racelab_demos::find(name).is_none());
    demos.chain(terms).collect()
}

/// Prints the lesson or the term of this name.
pub fn run(name: &str, out: &mut Out) -> anyhow::Result<Ending> {
    let (kind, text) = match racelab_demos::find(name) {
        Some(demo) => ("lesson", with_sources(demo)),
        None => ("term", term(name).unwrap_or_default()),
    };
    match out.json {
        true => out.document(&json::explain(name, kind, &text))?,
        false => out.text(&markdown::text(&text, &out.page))?,
    }
    Ok(Ending::Promised)
}

/// Each term as it is typed, and its heading.
fn terms() -> impl Iterator<Item = (String, &'static str)> {
    let headings = GLOSSARY.lines().filter_map(|line| line.strip_prefix("### "));
    headings.map(|heading| (heading.to_lowercase().replace(' ', "-"), heading))
}

/// The section of the glossary under this term.
fn term(name: &str) -> Option<String> {
    let (_, heading) = terms().find(|(term, _)| term == name)?;
    let from = GLOSSARY.find(&format!("### {heading}\n"))?;
    let section = &GLOSSARY[from..];
    let end = section[1..].find("\n#").map_or(section.len(), |end| end + 1);
    Some(section[..end].to_string())
}

/// The lesson, with the sources that the book includes: `{{#include broken.rs}}`, whole or the
/// part between `ANCHOR: name` and `ANCHOR_END: name`.
fn with_sources(demo: &Demo) -> String {
    let mut text = String::new();
    for line in demo.lesson.lines() {
        let included = line.trim().strip_prefix("{{#include ").and_then(|l| l.strip_suffix("}}"));
        match included.and_then(|path| source(demo, path)) {
            Some(source) => text += &source,
            None => text += &format!("{line}\n"),
        }
    }
    text
}

fn source(demo: &Demo, path: &str) -> Option<String> {
    let (file, anchor) = path.split_once(':').map_or((path, None), |(f, a)| (f, Some(a)));
    let mut sources = demo.versions.iter().flat_map(|version| version.scenario.sources);
    let text = sources.find(|source| source.file == file)?.text;
    let is_mark = |line: &&str| line.contains("// ANCHOR: ") || line.contains("// ANCHOR_END: ");
    let lines: Vec<&str> = match anchor {
        None => text.lines().collect(),
        Some(anchor) => {
            let begin = format!("// ANCHOR: {anchor}");
            let end = format!("// ANCHOR_END: {anchor}");
            let lines = text.lines().skip_while(|line| line.trim() != begin).skip(1);
            lines.take_while(|line| line.trim() != end).collect()
        }
    };
    let lines = lines.into_iter().filter(|line| !is_mark(line));
    Some(lines.map(|line| format!("{line}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_explained() {
        for (name, _) in terms() {
            let section = term(&name).unwrap_or_default();
            assert!(section.lines().count() > 2, "{name}: {section}");
        }
        let mut names = names();
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    }
}
