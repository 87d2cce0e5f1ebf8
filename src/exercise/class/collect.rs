//! What a room handed in: a row for each hand-in, and for each exercise who is stuck there.

use std::fs;
use std::path::{Path, PathBuf};

use super::secret::Secret;
use crate::Pack;
use crate::handin::{self, Handin};
use crate::progress::{Entry, State};

/// A hand-in is never longer, in bytes. The course's own are a tenth of it.
const LONGEST: u64 = 32 << 10;
/// Nobody tries an exercise more often, nor works longer on it: a year, in seconds.
const MOST: (u32, u64) = (100_000, 366 * 24 * 3600);
/// Clocks differ so much at most, in seconds.
const CLOCKS: u64 = 24 * 3600;

/// What hand-ins are held against.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The pack that the class has.
    pub pack: &'a Pack,
    /// The secret of the class: what is not signed with it is passed over.
    pub secret: Option<&'a Secret>,
    /// What time it is, in seconds since 1970.
    pub now: u64,
}

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
    /// Exercises of the pack in all.
    pub of: usize,
    /// Exercises whose answer was looked up before they were solved.
    pub gave_up: usize,
    /// Checks of changed files.
    pub tries: u64,
    /// How many hints were taken.
    pub hints: u64,
    /// From the first check to the solution of those that are solved, added up, in seconds.
    pub seconds: u64,
    /// Whether it is signed with the secret of the class; nothing where none was given.
    pub signed: Option<bool>,
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

/// Reads files; of a folder every `*.txt` in it, by name. Of several hand-ins of one name the latest
/// counts.
pub fn collect(files: &[PathBuf], held: &Held<'_>) -> Class {
    let mut class = Class::default();
    let mut read: Vec<(PathBuf, Handin)> = Vec::new();
    for given in files {
        match listed(given) {
            Ok(files) if files.is_empty() => class.bad(given, "there is no *.txt in this folder"),
            Ok(files) => files.into_iter().for_each(|file| match read_one(&file, held) {
                Ok(handin) => read.push((file, handin)),
                Err(why) => class.bad(&file, &why),
            }),
            Err(error) => class.bad(given, &because(&error)),
        }
    }
    class.totals = held.pack.exercises.iter().map(|exercise| Total::of(&exercise.name)).collect();
    for (index, (file, handin)) in read.iter().enumerate() {
        let same = |other: &&(PathBuf, Handin)| other.1.name == handin.name;
        let earlier = read[..index].iter().filter(same).any(|o| o.1.written >= handin.written);
        let later = read[index + 1..].iter().filter(same).any(|o| o.1.written > handin.written);
        match earlier || later {
            true => class.bad(file, &twice(&handin.name)),
            false => class.add(file, handin, held),
        }
    }
    if class.rows.is_empty() {
        class.totals.clear();
    }
    class
}

fn twice(name: &str) -> String {
    let name = shown(name);
    format!("another of {name:?} is counted, the latest: two people of one name need two names")
}

/// A name, without what a terminal would obey.
fn shown(name: &str) -> String {
    handin::name(name).unwrap_or_else(|_| "(no name)".to_string())
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

fn read_one(file: &Path, held: &Held<'_>) -> Result<Handin, String> {
    let meta = fs::metadata(file).map_err(|error| because(&error))?;
    if !meta.is_file() || meta.len() > LONGEST {
        return Err(format!("it is no text file of at most {} KiB", LONGEST >> 10));
    }
    let bytes = fs::read(file).map_err(|error| because(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_string())?;
    let handin = Handin::parse(&text).map_err(|unfit| unfit.to_string())?;
    if let Some(secret) = held.secret
        && !handin.signature.as_ref().is_some_and(|signature| signature.is_of(secret))
    {
        return Err(match handin.signature {
            Some(_) => "it is not signed with the secret of this class".to_string(),
            None => "it is not signed: it was made without this class's bundle".to_string(),
        });
    }
    match impossible(&handin, held) {
        Some(why) => Err(format!("it cannot be so: {why}")),
        None => Ok(handin),
    }
}

/// What of a hand-in cannot be so.
fn impossible(handin: &Handin, held: &Held<'_>) -> Option<String> {
    let pack = held.pack;
    if handin.pack != pack.name {
        let theirs = shown(&handin.pack);
        return Some(format!("it is of the pack {theirs}, and this class has {}", pack.name));
    }
    if handin.written > held.now + CLOCKS {
        return Some("it was written in the future".to_string());
    }
    if handin.exercises.len() > pack.exercises.len() {
        let (all, of) = (handin.exercises.len(), pack.exercises.len());
        return Some(format!("it has {all} exercises, and the pack has {of}"));
    }
    handin.exercises.iter().find_map(|entry| {
        let why = wrong(entry, handin, pack)?;
        Some(format!("{}: {why}", shown(&entry.name)))
    })
}

/// What cannot be so of one exercise.
fn wrong(entry: &Entry, handin: &Handin, pack: &Pack) -> Option<&'static str> {
    let until = handin.written + CLOCKS;
    let times = [entry.first, entry.solved];
    let solved = entry.state == State::Solved;
    if pack.find(&entry.name).is_none() {
        return Some("the pack has no such exercise");
    }
    if entry.tries > MOST.0 || entry.hints > 3 {
        return Some("so many tries or hints nobody takes");
    }
    if times.into_iter().flatten().any(|time| time > until) {
        return Some("it was done after the hand-in was written");
    }
    if let (Some(first), Some(last)) = (entry.first, entry.solved)
        && (first > last + CLOCKS || last.saturating_sub(first) > MOST.1)
    {
        return Some("nobody takes so long, or solves it before the first check");
    }
    let never = entry.tries == 0 || entry.first.is_none() || entry.solved.is_none();
    if solved && never || !solved && entry.solved.is_some() {
        return Some("it says solved, and not when, or never checked");
    }
    None
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

    fn add(&mut self, file: &Path, handin: &Handin, held: &Held<'_>) {
        let all = &handin.exercises;
        let name = shown(&handin.name);
        self.rows.push(Row {
            name: name.clone(),
            file: file.display().to_string(),
            pack: handin.pack.clone(),
            racelab: handin.racelab.clone(),
            solved: all.iter().filter(|entry| entry.state == State::Solved).count(),
            of: held.pack.exercises.len(),
            gave_up: all.iter().filter(|entry| entry.gave_up).count(),
            tries: all.iter().map(|entry| u64::from(entry.tries)).sum(),
            hints: all.iter().map(|entry| u64::from(entry.hints)).sum(),
            seconds: all.iter().filter_map(handin::seconds).fold(0, u64::saturating_add),
            signed: held.secret.map(|_| true),
        });
        for total in &mut self.totals {
            // One that is not named was not begun.
            let entry = all.iter().find(|entry| entry.name == total.exercise);
            let entry = entry.cloned().unwrap_or_default();
            total.tries += u64::from(entry.tries);
            total.hints += u64::from(entry.hints);
            match entry.state {
                State::Solved => total.solved += 1,
                State::Tried => total.stuck.push(name.clone()),
                State::New => total.new += 1,
            }
        }
    }
}

impl Total {
    fn of(exercise: &str) -> Total {
        let exercise = exercise.to_string();
        Total { exercise, solved: 0, stuck: Vec::new(), new: 0, tries: 0, hints: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Progress, pack};

    const NOW: u64 = 1_700_000_000;

    fn course() -> Pack {
        pack::builtin().expect("the course's own pack")
    }

    /// A folder of hand-ins, and what comes of it.
    fn collected(files: &[(&str, String)], pack: &Pack, secret: Option<&Secret>) -> Class {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in files {
            fs::write(folder.path().join(file), text).expect("a file");
        }
        collect(&[folder.path().to_path_buf()], &Held { pack, secret, now: NOW })
    }

    fn handin(name: &str, progress: &str, written: u64) -> Handin {
        Handin::new(name, &course(), &Progress::parse(progress), written)
    }

    const SOLVED: &str = "torn-header solved tries=3 hints=1 first=1699990000 solved=1699990600\n";

    #[test]
    fn a_room_is_added_up_and_bad_files_are_named() {
        let pack = course();
        let b = handin("b", "torn-header tried tries=2 gave-up=yes\n", NOW).text(None);
        let folder = tempfile::tempdir().expect("a folder");
        let write = |file: &str, text: &[u8]| {
            fs::write(folder.path().join(file), text).expect("a file");
        };
        write("a.txt", handin("a", SOLVED, NOW).text(None).as_bytes());
        write("b.txt", b.as_bytes());
        write("c.txt", b.replace("tries=2", "tries=1").as_bytes());
        write("d.txt", &[0xff, 0xfe]);
        write("notes.md", b"no hand-in");
        let gone = folder.path().join("gone.txt");
        let held = Held { pack: &pack, secret: None, now: NOW };
        let class = collect(&[folder.path().to_path_buf(), gone], &held);
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

    #[test]
    fn what_cannot_be_so_is_not_counted() {
        let mut other = course();
        other.name = "another-pack".to_string();
        let progress = |text: &str| handin("a", text, NOW).text(None);
        let mut unknown = handin("a", "", NOW);
        unknown.exercises[0].name = "no-such-exercise".to_string();
        let mut twice = handin("a", SOLVED, NOW);
        twice.exercises.truncate(1);
        twice.exercises.extend(handin("a", SOLVED, NOW).exercises);
        let cases = [
            (unknown.text(None), "no-such-exercise: the pack has no such exercise"),
            (Handin::new("a", &other, &Progress::default(), NOW).text(None), "the pack another"),
            (handin("a", "", NOW + 100_000).text(None), "in the future"),
            (progress("torn-header tried tries=4000000000\n"), "so many tries"),
            (progress("torn-header tried tries=1 hints=9\n"), "so many tries or hints"),
            (progress("torn-header solved tries=1 first=5 solved=18446744073709551615\n"), "after"),
            (progress("torn-header solved tries=1 first=5 solved=1600000000\n"), "so long"),
            (progress("torn-header solved tries=1\n"), "says solved"),
            (progress("torn-header solved first=5 solved=6\n"), "says solved"),
            (progress("torn-header tried tries=1 first=5 solved=6\n"), "says solved"),
            ("x".repeat(40_000), "at most 32 KiB"),
        ];
        for (text, why) in cases {
            let class = collected(&[("a.txt", text)], &course(), None);
            assert!(class.rows.is_empty() && class.totals.is_empty(), "{why}");
            assert!(class.bad[0].why.contains(why), "{why}: {:?}", class.bad);
        }
    }

    #[test]
    fn nobody_is_counted_twice() {
        let (first, last) = (handin("a", SOLVED, NOW - 100), handin("a", "", NOW));
        let first = first.text(None);
        let files = [("1.txt", first.clone()), ("2.txt", last.text(None)), ("3.txt", first)];
        let class = collected(&files, &course(), None);
        assert_eq!(class.rows.len(), 1);
        assert_eq!((class.rows[0].solved, class.bad.len()), (0, 2), "the latest counts");
        assert!(class.bad[0].why.contains("two people of one name"), "{:?}", class.bad);
    }

    #[test]
    fn what_is_not_signed_with_the_secret_is_passed_over() {
        let (secret, other) = (Secret::new(), Secret::new());
        let by = |name: &str, secret| handin(name, SOLVED, NOW).text(secret);
        let files = [
            ("a.txt", by("a", Some(&secret))),
            ("b.txt", by("b", Some(&other))),
            ("c.txt", by("c", None)),
        ];
        let class = collected(&files, &course(), Some(&secret));
        assert_eq!((class.rows.len(), class.rows[0].signed), (1, Some(true)));
        let bad: Vec<&str> = class.bad.iter().map(|bad| bad.why.as_str()).collect();
        assert!(
            bad[0].contains("secret of this class") && bad[1].contains("not signed"),
            "{bad:?}"
        );
        let all = collected(&files, &course(), None);
        assert_eq!((all.rows.len(), all.rows[0].signed), (3, None));
    }
}
