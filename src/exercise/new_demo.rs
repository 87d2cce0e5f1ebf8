//! A demo to begin with, written into racelab's own source: its folder, its chapter, and the two
//! lines that name it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::pack::names;
use super::{atomic, embedded};

/// The name that the template's demo has.
const NAME: &str = "a-new-demo";

/// Where the course lists its demos.
const LIST: &str = "demos/mod.rs";

/// Where the book lists its chapters.
const SUMMARY: &str = "book/src/SUMMARY.md";

/// The chapter before which a new one is put: the course ends with it.
const LAST: &str = "  - [safe-map](safe-map.md)\n";

/// Why no demo is written; nothing has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The source tree.
    pub root: PathBuf,
    /// New files, from there.
    pub new: Vec<String>,
    /// Files that have a line more, from there.
    pub changed: [&'static str; 2],
}

/// Writes the demo `name` into the source tree that `from` lies in: all of it, or nothing.
///
/// # Errors
/// [`Refused`], or what could not be written: what was written before is taken away again.
pub fn write(from: &Path, name: &str) -> anyhow::Result<Written> {
    let from = from.canonicalize().with_context(|| from.display().to_string())?;
    let root = from.ancestors().find(|folder| is_source(folder)).ok_or_else(|| {
        Refused(format!(
            "{} is in no source tree of racelab: a new demo is written into its demos/ and book/",
            from.display()
        ))
    })?;
    let plan = Plan::new(root, name)?;
    let mut done = Vec::new();
    if let Err(error) = plan.carry_out(&mut done) {
        let left: Vec<String> = done.iter().rev().filter_map(|step| plan.undo(step)).collect();
        return Err(anyhow::Error::from(error).context(match left.as_slice() {
            [] => format!("cannot write the demo {name}: everything is as it was"),
            left => format!("cannot write the demo {name}, nor undo {}", left.join(" and ")),
        }));
    }
    let mut new: Vec<String> =
        plan.files.iter().map(|(file, _)| format!("demos/{}/{file}", plan.stem)).collect();
    new.push(format!("book/src/{name}.md"));
    Ok(Written { root: root.to_path_buf(), new, changed: [LIST, SUMMARY] })
}

fn is_source(folder: &Path) -> bool {
    let list = fs::read_to_string(folder.join(LIST));
    folder.join(SUMMARY).is_file() && list.is_ok_and(|list| list.contains("syllabus! {"))
}

/// What is to be written where.
struct Plan<'a> {
    root: &'a Path,
    stem: String,
    files: Vec<(String, String)>,
    chapter: PathBuf,
    /// A file, its text before and its text with the line more.
    summary: (PathBuf, String, String),
    list: (PathBuf, String, String),
}

/// What has been done of a plan.
#[derive(Clone, Copy)]
enum Step {
    Folder,
    Chapter,
    Summary,
}

impl Plan<'_> {
    fn new<'a>(root: &'a Path, name: &str) -> anyhow::Result<Plan<'a>> {
        let refuse = |why: String| Err(anyhow::Error::from(Refused(why)));
        if let Some(why) = wrong(name) {
            return refuse(why);
        }
        let stem = name.replace('-', "_");
        let chapter = root.join(format!("book/src/{name}.md"));
        for path in [root.join("demos").join(&stem), root.join(format!("demos/{stem}.rs")), chapter]
        {
            // Also a link that leads nowhere is somebody's.
            if path.symlink_metadata().is_ok() {
                return refuse(format!("{name} is taken: {} is there already", path.display()));
            }
        }
        let with = |file: &str, find: &dyn Fn(&str) -> Option<usize>, line: &str| {
            let path = root.join(file);
            let old = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let at = find(&old).ok_or_else(|| {
                Refused(format!("{file} is not as it was made: it has no place for {line:?}"))
            })?;
            let new = format!("{}{line}{}", &old[..at], &old[at..]);
            anyhow::Ok((path, old, new))
        };
        let end = |list: &str| {
            let start = list.find("syllabus! {\n")?;
            Some(start + list[start..].find("\n}")? + 1)
        };
        Ok(Plan {
            root,
            files: files(name),
            chapter: root.join(format!("book/src/{name}.md")),
            summary: with(SUMMARY, &|text| text.find(LAST), &format!("  - [{name}]({name}.md)\n"))?,
            list: with(LIST, &end, &format!("    {stem},\n"))?,
            stem,
        })
    }

    fn folder(&self) -> PathBuf {
        self.root.join("demos").join(&self.stem)
    }

    /// Each step leaves a source tree that compiles; the last makes the demo one of the course.
    fn carry_out(&self, done: &mut Vec<Step>) -> io::Result<()> {
        // A folder is filled under another name, so that it is there whole or not at all.
        let part = self.root.join("demos").join(format!(".{}.{}", self.stem, std::process::id()));
        let fill = || {
            fs::create_dir(&part)?;
            for (file, text) in &self.files {
                atomic::refresh(&part.join(file), text)?;
            }
            fs::rename(&part, self.folder())
        };
        fill().inspect_err(|_| _ = fs::remove_dir_all(&part))?;
        done.push(Step::Folder);
        let mut chapter =
            fs::OpenOptions::new().write(true).create_new(true).open(&self.chapter)?;
        done.push(Step::Chapter);
        writeln!(chapter, "{{{{#include ../../demos/{}/lesson.md}}}}", self.stem)?;
        atomic::write(&self.summary.0, &self.summary.2)?;
        done.push(Step::Summary);
        atomic::write(&self.list.0, &self.list.2)
    }

    /// Takes a step back; what cannot be taken back is named.
    fn undo(&self, step: &Step) -> Option<String> {
        let (undone, what) = match step {
            Step::Folder => (fs::remove_dir_all(self.folder()), self.folder()),
            Step::Chapter => (fs::remove_file(&self.chapter), self.chapter.clone()),
            Step::Summary => {
                (atomic::write(&self.summary.0, &self.summary.1), self.summary.0.clone())
            }
        };
        undone.err().map(|error| format!("{} ({error})", what.display()))
    }
}

/// Why this cannot be the name of a demo, which becomes a module, a folder and a program.
fn wrong(name: &str) -> Option<String> {
    // Words of Rust that a name of an exercise could be.
    const WORDS: [&str; 50] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
        "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    if let Some(why) = names::wrong_exercise(name) {
        return Some(why);
    }
    if WORDS.contains(&name) {
        return Some(format!("{name:?} is a word of Rust: a demo's name is a module's too"));
    }
    name.contains("--").then(|| format!("{name:?} is no name: one - between two words"))
}

/// The demo's files, from its folder.
fn files(name: &str) -> Vec<(String, String)> {
    let demo = embedded::template("demo");
    let exercise = embedded::template("pack")
        .filter_map(|(file, text)| Some((file.strip_prefix("visitors/")?.to_string(), text)));
    demo.chain(exercise).map(|(file, text)| (file, text.replace(NAME, name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_modules() {
        assert_eq!(wrong("torn-header"), None);
        for name in ["move", "", "a--b", "../x", "Torn", "test", "a_b"] {
            assert!(wrong(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_template_is_whole() {
        let files = files("two-tills");
        let text = |file: &str| files.iter().find(|known| known.0 == file).map(|known| &*known.1);
        assert!(text("mod.rs").is_some_and(|text| text.contains("name: \"two-tills\"")));
        for file in ["race.rs", "again.rs", "lesson.md", "exercise.toml", "right/lock.rs"] {
            assert!(text(file).is_some(), "{file}");
        }
        assert!(files.iter().all(|(_, text)| !text.contains(NAME)));
    }
}
