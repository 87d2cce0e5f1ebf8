//! What a task is: its name, its file and line, what is to be done, and how far one is.

use std::path::Path;

use racelab::words::{Ink, Page};

/// What is said of a task.
pub struct Task<'a> {
    /// The exercise's name and its title.
    pub name: &'a str,
    /// In one line.
    pub title: &'a str,
    /// The file as it is typed, and where it lies.
    pub file: (&'a str, &'a Path),
    /// Its text as it is now.
    pub text: &'a str,
    /// Its text as it started.
    pub start: &'a str,
    /// How far one is, in a few words or as a bar.
    pub far: &'a str,
}

/// The block that says it. `links` says whether the terminal may be given a link to the file.
pub fn text(task: &Task<'_>, links: bool, page: &Page) -> String {
    let (short, path) = task.file;
    let at = line(task.text).map(|line| format!("{short}:{line}")).unwrap_or(short.to_string());
    let shown = if links { link(path, &at) } else { at };
    let title = page.paragraph("", "  ", &format!("{}: {}", task.name, task.title));
    let title = title.replacen(task.name, &page.paint(Ink::Strong, task.name), 1);
    // What is to be done is not done when its comment is deleted.
    let todo = todo(task.text).or_else(|| todo(task.start)).unwrap_or_default();
    let todo = page.paragraph("", "  ", &todo);
    format!("{title}{shown}   {}\n{todo}", task.far)
}

/// The line of the file with the comment, from 1.
fn line(text: &str) -> Option<usize> {
    text.lines()
        .position(|line| comment(line).is_some_and(|said| said.contains("TODO")))
        .map(|at| at + 1)
}

/// The comment that says what is to be done, as one paragraph.
fn todo(text: &str) -> Option<String> {
    let lines = text.lines().map(comment);
    let mut lines = lines.skip_while(|line| !line.is_some_and(|said| said.contains("TODO")));
    let said: Vec<&str> = lines.by_ref().map_while(|line| line).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What a line says that is a comment and nothing else.
fn comment(line: &str) -> Option<&str> {
    line.trim().strip_prefix("//").map(|said| said.trim_start_matches(['/', '!']).trim())
}

/// A link that a terminal opens, as it is shown.
fn link(path: &Path, shown: &str) -> String {
    let path = path.to_string_lossy();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte);
    let letter = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    let address: String = path.bytes().map(letter).collect();
    format!("\x1b]8;;file://{address}\x1b\\{shown}\x1b]8;;\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! A map.\n\npub struct Map;\n\n    // TODO: `get` must find what was\n    \
                        // put. You may change anything.\n    pub fn get() {}\n";

    fn told(text: &str, links: bool) -> String {
        let task = Task {
            name: "torn-header",
            title: "half of two words",
            file: ("exercises/x.rs", Path::new("/a b/x.rs")),
            text,
            start: TEXT,
            far: "[#...]  1 of 4 solved",
        };
        super::text(&task, links, &Page { width: 40, ..Page::default() })
    }

    #[test]
    fn it_says_what_and_where() {
        let expected = "torn-header: half of two words\nexercises/x.rs:5   [#...]  1 of 4 solved\n\
                        TODO: `get` must find what was put.\n  You may change anything.\n";
        assert_eq!(told(TEXT, false), expected);
        let without = told("pub struct Map;\n", false);
        assert!(
            without.contains("exercises/x.rs   [") && without.contains("TODO: `get`"),
            "{without}"
        );
        let linked = told(TEXT, true);
        assert!(linked.contains("\x1b]8;;file:///a%20b/x.rs\x1b\\exercises/x.rs:5\x1b]8;;\x1b\\"));
    }
}
