//! What a room handed in: a row for each hand-in, and for each exercise who is stuck there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::handin::{self, Handin};
use crate::progress::State;

/// A hand-in is never longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// What one hand-in says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// The name of who handed it in.
    pub name: String,
    /// From which file.
    pub file: String,
    /// The pack whose exercises they are.
    pub pack: String,
    /// The version of racelab that wrote it.
    pub racelab: String,
    /// How many exercises were solved.
    pub solved: usize,
    /// Exercises in all.
    pub of: usize,
    /// Exercises whose answer was looked up before they were solved.
    pub gave_up: usize,
    /// Checks of changed files.
    pub tries: u64,
    /// How many hints were taken.
    pub hints: u64,
    /// From the first check to the solution of those that are solved, added up, in seconds.
    pub seconds: u64,
}

/// One exercise, over all hand-ins.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Total {
    /// The name of the exercise.
    pub exercise: String,
    /// How many solved it.
    pub solved: usize,
    /// Who tried it and has not solved it.
    pub stuck: Vec<String>,
    /// How many have not begun.
    pub new: usize,
    /// Of all together.
    pub tries: u64,
    /// Of all together.
    pub hints: u64,
}

/// A file that could not be counted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bad {
    /// The path of the file.
    pub file: String,
    /// Why it could not be counted.
    pub why: String,
}

/// What a room handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// In the order of the files.
    pub rows: Vec<Row>,
    /// In the order of the exercises.
    pub totals: Vec<Total>,
    /// Files that were passed over.
    pub bad: Vec<Bad>,
}

/// Reads files; of a folder every `*.txt` in it, by name.
pub fn collect(files: &[PathBuf]) -> Class {
    let mut class = Class::default();
    for given in files {
        match listed(given) {
            Ok(files) if files.is_empty() => class.bad(given, "there is no *.txt in this folder"),
            Ok(files) => files.iter().for_each(|file| match read(file) {
                Ok(handin) => class.add(file, &handin),
                Err(why) => class.bad(file, &why),
            }),
            Err(error) => class.bad(given, &because(&error)),
        }
    }
    class
}

fn listed(given: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !given.is_dir() {
        return Ok(vec![given.to_path_buf()]);
    }
    let paths = fs::read_dir(given)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    Ok(paths)
}

fn read(file: &Path) -> Result<Handin, String> {
    let meta = fs::metadata(file).map_err(|error| because(&error))?;
    if !meta.is_file() || meta.len() > LONGEST {
        return Err("it is no text file of at most 1 MiB".to_string());
    }
    let bytes = fs::read(file).map_err(|error| because(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_string())?;
    Handin::parse(&text).map_err(|unfit| unfit.to_string())
}

fn because(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_string(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_string(),
        _ => error.to_string(),
    }
}

impl Class {
    fn bad(&mut self, file: &Path, why: &str) {
        self.bad.push(Bad { file: file.display().to_string(), why: why.to_string() });
    }

    fn add(&mut self, file: &Path, handin: &Handin) {
        let all = &handin.exercises;
        self.rows.push(Row {
            // A hand-in from elsewhere says what it likes: nothing that a terminal would obey.
            name: handin::name(&handin.name).unwrap_or_else(|_| "(no name)".to_string()),
            file: file.display().to_string(),
            pack: handin.pack.clone(),
            racelab: handin.racelab.clone(),
            solved: all.iter().filter(|entry| entry.state == State::Solved).count(),
            of: all.len(),
            gave_up: all.iter().filter(|entry| entry.gave_up).count(),
            tries: all.iter().map(|entry| u64::from(entry.tries)).sum(),
            hints: all.iter().map(|entry| u64::from(entry.hints)).sum(),
            seconds: all.iter().filter_map(handin::seconds).fold(0, u64::saturating_add),
        });
        let name = self.rows.last().map(|row| row.name.clone()).unwrap_or_default();
        for entry in all {
            let total = self.total(&entry.name);
            total.tries += u64::from(entry.tries);
            total.hints += u64::from(entry.hints);
            match entry.state {
                State::Solved => total.solved += 1,
                State::Tried => total.stuck.push(name.clone()),
                State::New => total.new += 1,
            }
        }
    }

    fn total(&mut self, exercise: &str) -> &mut Total {
        let at = self.totals.iter().position(|total| total.exercise == exercise);
        let at = at.unwrap_or_else(|| {
            let exercise = exercise.to_string();
            let total = Total { exercise, solved: 0, stuck: vec![], new: 0, tries: 0, hints: 0 };
            self.totals.push(total);
            self.totals.len() - 1
        });
        &mut self.totals[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Progress, pack};

    #[test]
    fn a_room_is_added_up_and_bad_files_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let pack = pack::builtin().expect("the course's own pack");
        let write = |file: &str, name: &str, progress: &str| {
            let text = Handin::new(name, &pack, &Progress::parse(progress), 1_700_000_000).text();
            fs::write(folder.path().join(file), &text).expect("a file");
            text
        };
        write("a.txt", "a", "torn-header solved tries=3 hints=1 first=100 solved=700\n");
        let b = write("b.txt", "b", "torn-header tried tries=2 gave-up=yes\n");
        fs::write(folder.path().join("c.txt"), b.replace("tries=2", "tries=1")).expect("a file");
        fs::write(folder.path().join("d.txt"), [0xff, 0xfe]).expect("a file");
        fs::write(folder.path().join("notes.md"), "no hand-in").expect("a file");
        let gone = folder.path().join("gone.txt");
        let class = collect(&[folder.path().to_path_buf(), gone]);
        let figures = |row: &Row| (row.solved, row.tries, row.hints, row.seconds, row.gave_up);
        assert_eq!(
            class.rows.iter().map(figures).collect::<Vec<_>>(),
            [(1, 3, 1, 600, 0), (0, 2, 0, 0, 1)]
        );
        assert_eq!(class.rows[0].of, pack.exercises.len());
        let total = class.totals.iter().find(|total| total.exercise == "torn-header");
        let total = total.expect("it is in the course");
        assert_eq!((total.solved, total.tries, total.hints), (1, 5, 1));
        assert_eq!(total.stuck, ["b"]);
        let bad: Vec<&str> = class.bad.iter().map(|bad| bad.why.as_str()).collect();
        assert!(bad[0].contains("checksum") && bad[1].contains("UTF-8"), "{bad:?}");
        assert_eq!(bad[2], "it is not there");
    }
}
