//! A spot in the source: where an operation stands.

use std::backtrace::Backtrace;
use std::panic::Location;

use super::quarantine;

/// As [`Location`], and can be made at run time: where a value is dropped, or made, is written
/// nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) file: &'static str,
    /// The line, counted from 1; 0 if nobody knows.
    pub(crate) line: u32,
    /// The column, counted from 1; 0 if nobody knows.
    pub(crate) column: u32,
}

impl Spot {
    /// Nobody knows where.
    pub(crate) const fn unknown() -> Spot {
        Spot { file: "", line: 0, column: 0 }
    }

    pub(crate) fn file(&self) -> &'static str {
        self.file
    }
    pub(crate) fn line(&self) -> u32 {
        self.line
    }
    /// Where the scenario drops or makes a value, from here up the stack: the first call that is
    /// neither the facade's nor std's. Slow, and only as good as the debug information.
    pub(crate) fn of_the_stack() -> Option<Spot> {
        // What the look at the stack frees is none of the program's.
        quarantine::aside(|| Spot::of(&Backtrace::force_capture()))
    }

    /// The same of a stack as it was.
    pub(crate) fn of(stack: &Backtrace) -> Option<Spot> {
        let stack = stack.to_string();
        let mut of_the_heap = false;
        stack.lines().map(str::trim).find_map(|line| match line.strip_prefix("at ") {
            Some(file) if !of_the_heap => place(file).filter(|place| !place.file.is_empty()),
            Some(_) => None,
            None => {
                of_the_heap = line.contains("__rust") || line.contains(" loom::alloc::");
                None
            }
        })
    }
}

/// `path/file.rs:12:5`, unless it is in the facade or in std.
fn place(text: &str) -> Option<Spot> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    // Where nobody knows a line of Rust, the system's own that called it are no place either.
    let file = parts.next().filter(|file| file.ends_with(".rs"))?;
    // A toolchain's own sources are named by their place in its repository, or under the sysroot.
    let std = ["/rustc/", "/library/std/", "/library/core/", "/library/alloc/"];
    // What lies below the folder of the process is told from there.
    let whole = file.strip_prefix("./").and_then(|below| {
        Some(std::env::current_dir().ok()?.join(below).to_string_lossy().into_owned())
    });
    let whole = whole.as_deref().unwrap_or(file);
    if std.iter().any(|folder| lies_in(whole, folder)) || in_facade(whole) {
        return None;
    }
    // Once for each value that is dropped in an execution that is shown.
    Some(Spot { file: Box::leak(file.to_string().into_boxed_str()), line, column })
}

/// Whether a path, or a text in which there is one, names a file of the facade itself.
pub(crate) fn in_facade(text: &str) -> bool {
    lies_in(text, file!().trim_end_matches("spot.rs"))
}

fn lies_in(text: &str, folder: &str) -> bool {
    text.replace('\\', "/").contains(&folder.replace('\\', "/"))
}

impl From<&'static Location<'static>> for Spot {
    fn from(at: &'static Location<'static>) -> Spot {
        Spot { file: at.file(), line: at.line(), column: at.column() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn std_and_the_facade_drop_nothing_themselves() {
        assert_eq!(place("/rustc/abc/library/core/src/ptr/mod.rs:805:1"), None);
        let own = file!().replace("spot.rs", "tracked.rs");
        assert_eq!(place(&format!("./{own}:30:9")), None);
        assert!(own.ends_with("rt/tracked.rs") || own.ends_with(r"rt\tracked.rs"));
        let mine = place("./demos/x/broken.rs:31:9").expect("a place of the scenario");
        assert_eq!((mine.file, mine.line, mine.column), ("./demos/x/broken.rs", 31, 9));
        assert_eq!(place("nothing"), None);
    }
}
