//! The book: its chapters in Markdown, and what mdbook made of them where somebody built it.

use std::path::{Path, PathBuf};

use racelab_source::Files;

use super::{Refused, folder};

/// Chapters include chapters no deeper than this.
const DEEPEST: usize = 4;

/// Every chapter, from the bundle's folder, with what it includes.
pub(super) fn chapters(source: &Files) -> impl Iterator<Item = (String, String)> {
    source.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("book/src/")?;
        Some((format!("book/{name}"), included(source, path, text, DEEPEST)))
    })
}

/// The files that mdbook wrote, from the bundle's folder, and where they are.
pub(super) fn built(book: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    if !book.join("index.html").is_file() {
        let why = "there is no index.html: `mdbook build` writes one, into book/build";
        return Err(Refused::Unfit(book.to_path_buf(), why.to_string()).into());
    }
    let files = folder::files(book)?;
    Ok(files.into_iter().map(|(path, from)| (format!("book/html/{path}"), from)).collect())
}

/// The text of a file, with each line `{{#include FILE}}` or `{{#include FILE:ANCHOR}}` replaced by
/// what it names. One that names nothing stays.
fn included(source: &Files, path: &str, text: &str, depth: usize) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let line = |line: &str| {
        let name = line.trim().strip_prefix("{{#include ").and_then(|l| l.strip_suffix("}}"));
        let (file, anchor) = match name?.split_once(':') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (name?, None),
        };
        let file = resolved(folder, file)?;
        let (_, text) = source.iter().find(|known| known.0 == file).filter(|_| depth > 0)?;
        Some(included(source, &file, &part(text, anchor), depth - 1))
    };
    text.lines().map(|each| line(each).unwrap_or_else(|| format!("{each}\n"))).collect()
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, or all; marks are left out.
fn part(text: &str, anchor: Option<&str>) -> String {
    let ends = |line: &str, mark: &str| {
        anchor.is_some_and(|name| line.ends_with(&format!("{mark}: {name}")))
    };
    let mut inside = anchor.is_none();
    let mut part = String::new();
    for line in text.lines() {
        let is_mark = line.contains("// ANCHOR: ") || line.contains("// ANCHOR_END: ");
        if ends(line, "// ANCHOR") {
            inside = true;
        } else if ends(line, "// ANCHOR_END") {
            inside = false;
        } else if inside && !is_mark {
            part += &format!("{line}\n");
        }
    }
    part
}

/// `../../demos/x/lesson.md` from `book/src` is `demos/x/lesson.md`.
fn resolved(folder: &str, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_hold_what_they_include() {
        let chapter = "Before.\n{{#include ../../demos/torn_header/lesson.md}}\n";
        let mut source = crate::embedded::crates();
        source.push(("book/src/torn-header.md".to_string(), chapter.to_string()));
        let chapters: Vec<(String, String)> = chapters(&source).collect();
        let [(path, lesson)] = &chapters[..] else { panic!("{chapters:?}") };
        assert_eq!(path, "book/torn-header.md");
        assert!(lesson.contains("# torn-header") && lesson.lines().count() > 20, "{lesson}");
        assert!(lesson.starts_with("Before.") && !lesson.contains("{{#include"), "{lesson}");
    }

    #[test]
    fn a_part_is_between_its_marks() {
        let text = "a\n// ANCHOR: x\nb\n// ANCHOR: y\nc\n// ANCHOR_END: x\nd\n";
        assert_eq!(part(text, Some("x")), "b\nc\n");
        assert_eq!(part(text, None), "a\nb\nc\nd\n");
        assert_eq!(resolved("book/src", "../../demos/a.md").as_deref(), Some("demos/a.md"));
        assert_eq!(resolved("book", "../../a"), None);
    }
}
