//! How far somebody has come: a plain text file, one line an exercise, by its stable name.
//!
//! `torn-header solved tries=3 hints=1 first=1700000000 solved=1700000600`: the name, the state,
//! then what is known as `key=value`, times in seconds since 1970. What a line says beyond that is
//! kept as it is, and so are lines that are not understood.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{atomic, careful};

/// The file is never longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// How far an exercise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was tried yet.
    #[default]
    New,
    /// It was checked, and is not solved.
    Tried,
    /// It was solved once: that stays so, until a check of all takes it back.
    Solved,
}

impl State {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            State::New => "new",
            State::Tried => "tried",
            State::Solved => "solved",
        }
    }
}

/// What is known of one exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The exercise's name.
    pub name: String,
    /// How far it is.
    pub state: State,
    /// Checks of a changed file.
    pub tries: u32,
    /// Hints shown, 0 to 3.
    pub hints: u32,
    /// The answer was shown before it was solved.
    pub gave_up: bool,
    /// Outcomes were predicted, or the question was passed over.
    pub predicted: bool,
    /// This is the one that is worked on.
    pub here: bool,
    /// When it was first checked, in seconds since 1970.
    pub first: Option<u64>,
    /// When it was solved, in seconds since 1970.
    pub solved: Option<u64>,
    /// A hash of the file as it was last checked.
    pub seen: Option<u64>,
    /// Of so many interleavings so many failed then: failing, and all.
    pub failing: Option<(u64, u64)>,
    /// What else the line says.
    more: Vec<String>,
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// In the order of the file.
    pub entries: Vec<Entry>,
    /// Lines that are not understood, comments among them: kept.
    others: Vec<String>,
}

/// The first line of a new file.
const ABOUT: &str = "# racelab: one line an exercise, its name first. Keep this file.";

impl Progress {
    /// Reads the text of a progress file. Any text is read: what is not understood is kept.
    pub fn parse(text: &str) -> Progress {
        let mut progress = Progress::default();
        let mut names = HashSet::new();
        for line in text.lines() {
            match entry(line) {
                Some(entry) if names.insert(entry.name.clone()) => progress.entries.push(entry),
                _ => progress.others.push(line.to_string()),
            }
        }
        progress
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut lines = self.others.clone();
        if !lines.iter().any(|line| line == ABOUT) {
            lines.insert(0, ABOUT.to_string());
        }
        lines.extend(self.entries.iter().map(line));
        lines.join("\n") + "\n"
    }

    /// Reads a file; none is no progress.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn read(path: &Path) -> io::Result<Progress> {
        match careful::read(path, LONGEST) {
            Ok(bytes) => Ok(Progress::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Progress::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads a file, changes it, and writes it, whole or not at all; another racelab in the same
    /// folder waits meanwhile. Returns the new progress.
    ///
    /// # Errors
    /// When it cannot be read or written; it is then as it was.
    pub fn update(path: &Path, change: impl FnOnce(&mut Progress)) -> io::Result<Progress> {
        let lock = careful::lock(&path.with_file_name(".progress.lock"))?;
        lock.lock()?;
        let before = Progress::read(path)?;
        let mut progress = before.clone();
        change(&mut progress);
        if progress != before {
            atomic::write(path, &progress.text())?;
        }
        Ok(progress)
    }

    /// What is known of an exercise.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What is known of an exercise, to change it.
    pub fn entry(&mut self, name: &str) -> &mut Entry {
        let at = self.entries.iter().position(|entry| entry.name == name);
        let at = at.unwrap_or_else(|| {
            self.entries.push(Entry { name: name.to_string(), ..Entry::default() });
            self.entries.len() - 1
        });
        &mut self.entries[at]
    }

    /// The state of an exercise.
    pub fn state(&self, name: &str) -> State {
        self.get(name).map_or(State::New, |entry| entry.state)
    }

    /// Makes this exercise the one that is worked on.
    pub fn go_to(&mut self, name: &str) {
        self.entries.iter_mut().for_each(|entry| entry.here = false);
        self.entry(name).here = true;
    }

    /// The exercise that is worked on, if one was ever chosen.
    pub fn here(&self) -> Option<&str> {
        self.entries.iter().find(|entry| entry.here).map(|entry| entry.name.as_str())
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split_whitespace();
    let name = words.next().filter(|name| !name.starts_with('#'))?.to_string();
    let state = [State::New, State::Tried, State::Solved];
    let word = words.next()?;
    let state = state.into_iter().find(|state| state.word() == word)?;
    let mut entry = Entry { name, state, ..Entry::default() };
    for word in words {
        let known = match word.split_once('=') {
            Some(("tries", n)) => n.parse().map(|n| entry.tries = n).is_ok(),
            Some(("hints", n)) => n.parse().map(|n| entry.hints = n).is_ok(),
            Some(("first", n)) => n.parse().map(|n| entry.first = Some(n)).is_ok(),
            Some(("solved", n)) => n.parse().map(|n| entry.solved = Some(n)).is_ok(),
            Some(("seen", n)) => u64::from_str_radix(n, 16).map(|n| entry.seen = Some(n)).is_ok(),
            Some(("failing", n)) => share(n).map(|share| entry.failing = Some(share)).is_some(),
            Some(("gave-up", "yes")) => set(&mut entry.gave_up),
            Some(("predicted", "yes")) => set(&mut entry.predicted),
            Some(("here", "yes")) => set(&mut entry.here),
            _ => false,
        };
        if !known {
            entry.more.push(word.to_string());
        }
    }
    Some(entry)
}

/// `5/8`: five of eight.
fn share(text: &str) -> Option<(u64, u64)> {
    let (part, whole) = text.split_once('/')?;
    let share = (part.parse().ok()?, whole.parse().ok()?);
    (share.0 <= share.1).then_some(share)
}

fn set(flag: &mut bool) -> bool {
    *flag = true;
    true
}

fn line(entry: &Entry) -> String {
    let mut line = format!("{} {}", entry.name, entry.state.word());
    for (key, count) in [("tries", entry.tries), ("hints", entry.hints)] {
        if count > 0 {
            line += &format!(" {key}={count}");
        }
    }
    let flags = [("gave-up", entry.gave_up), ("predicted", entry.predicted), ("here", entry.here)];
    for (key, _) in flags.iter().filter(|flag| flag.1) {
        line += &format!(" {key}=yes");
    }
    for (key, time) in [("first", entry.first), ("solved", entry.solved)] {
        if let Some(time) = time {
            line += &format!(" {key}={time}");
        }
    }
    if let Some(hash) = entry.seen {
        line += &format!(" seen={hash:x}");
    }
    if let Some((failing, all)) = entry.failing {
        line += &format!(" failing={failing}/{all}");
    }
    for word in &entry.more {
        line += &format!(" {word}");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_nothing_is_dropped() {
        let text = "# mine\ntorn-header solved tries=3 hints=1 gave-up=yes mood=good first=5 \
                    solved=9 seen=ff failing=5/8\nwhat is this\nx tried tries=many\n";
        let progress = Progress::parse(text);
        let entry = progress.get("torn-header").expect("it is there");
        assert_eq!((entry.state, entry.tries, entry.hints), (State::Solved, 3, 1));
        assert_eq!((entry.gave_up, entry.first, entry.seen), (true, Some(5), Some(255)));
        assert_eq!(entry.failing, Some((5, 8)));
        let again = progress.text();
        for kept in ["# mine", "mood=good", "what is this", "tries=many"] {
            assert!(again.contains(kept), "{again}");
        }
        assert_eq!(Progress::parse(&again).entries, progress.entries);
        assert_eq!(Progress::parse(&again).text(), again);
    }

    #[test]
    fn one_exercise_is_worked_on() {
        let mut progress = Progress::default();
        progress.go_to("a");
        progress.go_to("b");
        assert_eq!(progress.here(), Some("b"));
        assert_eq!(Progress::parse(&progress.text()).here(), Some("b"));
    }
}
