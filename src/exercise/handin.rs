//! A hand-in: how far a student came, as a text file that a person can read and send by mail.
//!
//! A head of `key: value` lines, one line an exercise as in the progress file, a signature where the
//! class has a [secret](super::class::secret), and a checksum of all that, so that damage is seen.

use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::class::checksum;
use super::class::secret::Secret;
use super::progress::{Entry, Progress};
use super::{Pack, atomic};

/// The first line.
const FIRST: &str = "racelab hand-in 1";

/// A name is never longer, in characters.
const LONGEST_NAME: usize = 60;

/// Begins the line with the signature.
const SIGNED: &str = "\nsigned: ";

/// How far somebody came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handin {
    /// Whose: as they said it.
    pub name: String,
    /// The version of racelab that wrote it.
    pub racelab: String,
    /// The pack's name.
    pub pack: String,
    /// When it was written: seconds since 1970, in UTC.
    pub written: u64,
    /// One for each exercise of the pack, in its order.
    pub exercises: Vec<Entry>,
    /// Its signature, and what was signed; of one that was read and has one.
    pub signature: Option<Signature>,
}

/// A signature as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    signed: String,
    with: String,
}

impl Signature {
    /// Whether it was made with this secret.
    pub fn is_of(&self, secret: &Secret) -> bool {
        secret.signed(&self.signed, &self.with)
    }
}

/// Why a text is no hand-in to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is something else.
    Other,
    /// It is of a format that this racelab does not know: its first line.
    Format(String),
    /// Its end is missing.
    Cut,
    /// Its checksum is another one: it was changed.
    Changed,
    /// This part of its head is missing or cannot be understood.
    Head(&'static str),
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unfit::Other => f.write_str("it is no hand-in: `racelab exercise handin` writes one"),
            Unfit::Format(first) => write!(f, "another racelab wrote it: {first:?}"),
            Unfit::Cut => f.write_str("its end is missing: it was cut on the way"),
            Unfit::Changed => {
                f.write_str("it was changed after it was written: its checksum differs")
            }
            Unfit::Head(key) => write!(f, "its line {key:?} is missing or makes no sense"),
        }
    }
}

impl Handin {
    /// What `progress` says of the exercises of a pack, at this time in seconds since 1970.
    pub fn new(name: &str, pack: &Pack, progress: &Progress, now: u64) -> Handin {
        let entry = |name: &str| {
            let mut entry = progress.get(name).cloned().unwrap_or_default();
            entry.name = name.to_string();
            // Where somebody is, and a hash of their file, are nobody else's.
            (entry.here, entry.seen, entry.failing) = (false, None, None);
            entry
        };
        Handin {
            name: name.to_string(),
            racelab: env!("CARGO_PKG_VERSION").to_string(),
            pack: pack.name.clone(),
            written: now,
            exercises: pack.exercises.iter().map(|exercise| entry(&exercise.name)).collect(),
            signature: None,
        }
    }

    /// The text of the file, signed with the secret of a class if there is one.
    pub fn text(&self, secret: Option<&Secret>) -> String {
        let mut lines = vec![
            FIRST.to_string(),
            format!("name: {}", self.name),
            format!("racelab: {}", self.racelab),
            format!("pack: {}", self.pack),
            format!("written: {}", humantime::format_rfc3339_seconds(time(self.written))),
            String::new(),
        ];
        let mut progress = Progress::default();
        for entry in &self.exercises {
            *progress.entry(&entry.name) = entry.clone();
        }
        let text = progress.text();
        let each = text.lines().filter(|line| !line.starts_with('#'));
        for (line, entry) in each.zip(&self.exercises) {
            let minutes =
                seconds(entry).map(|seconds| format!(" minutes={}", seconds.div_ceil(60)));
            // Read again, this is one of the words that are kept and not understood.
            let minutes = minutes.filter(|word| !line.contains(word.as_str()));
            lines.push(format!("{line}{}", minutes.unwrap_or_default()));
        }
        lines.push(String::new());
        let mut body = lines.join("\n");
        if let Some(secret) = secret {
            let signature = secret.sign(&plain(&body));
            body = format!("{}\n{SIGNED}{signature}\n", body.trim_end());
        }
        format!("{body}\nchecksum: {}\n", checksum::of(plain(&body).as_bytes()))
    }

    /// Writes the text to a file, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written; what was there before is then untouched.
    pub fn write(&self, file: &Path, secret: Option<&Secret>) -> io::Result<()> {
        atomic::write(&std::path::absolute(file)?, &self.text(secret))
    }

    /// Reads a hand-in. Line ends, and blanks at the end of lines, are as mail leaves them.
    ///
    /// # Errors
    /// Why it cannot be counted.
    pub fn parse(text: &str) -> Result<Handin, Unfit> {
        let text = plain(text);
        let first = text.lines().next().unwrap_or_default();
        match first.strip_prefix("racelab hand-in") {
            None => return Err(Unfit::Other),
            Some(_) if first != FIRST => return Err(Unfit::Format(first.to_string())),
            Some(_) => {}
        }
        let (body, sum) = text.rsplit_once("\nchecksum: ").ok_or(Unfit::Cut)?;
        if sum.trim().len() < checksum::LENGTH {
            return Err(Unfit::Cut);
        }
        if checksum::of(plain(body).as_bytes()) != sum.trim() {
            return Err(Unfit::Changed);
        }
        let (body, signature) = match body.rsplit_once(SIGNED) {
            Some((body, with)) => {
                let (signed, with) = (plain(body), with.trim().to_string());
                (body, Some(Signature { signed, with }))
            }
            None => (body, None),
        };
        let (head, lines) = body.split_once("\n\n").unwrap_or((body, ""));
        let value = |key: &'static str| {
            let values = head.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
            values.map(str::to_string).next().ok_or(Unfit::Head(key))
        };
        let written = humantime::parse_rfc3339(&value("written")?);
        let written = written.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Handin {
            name: value("name")?,
            racelab: value("racelab")?,
            pack: value("pack")?,
            written: written.ok_or(Unfit::Head("written"))?.as_secs(),
            exercises: Progress::parse(lines).entries,
            signature,
        })
    }
}

/// From the first check to the solution, in seconds; of one that is solved.
pub fn seconds(entry: &Entry) -> Option<u64> {
    Some(entry.solved?.saturating_sub(entry.first?))
}

/// A name as it is kept: one line, without what a terminal would obey.
///
/// # Errors
/// When nothing is left of it, or too much.
pub fn name(said: &str) -> Result<String, String> {
    let shown = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let name = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err("a name is missing".to_string()),
        1..=LONGEST_NAME => Ok(name),
        long => Err(format!("a name of {long} letters is too long: {LONGEST_NAME} at most")),
    }
}

/// The file that a hand-in of this name is written to: `handin-a-new-user.txt`.
pub fn file(name: &str) -> String {
    let letter =
        |c: char| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '-' };
    let name: String = name.chars().map(letter).collect();
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => "handin.txt".to_string(),
        parts => format!("handin-{}.txt", parts.join("-")),
    }
}

fn time(seconds: u64) -> std::time::SystemTime {
    // Later than this no date of four digits is.
    UNIX_EPOCH + Duration::from_secs(seconds.min(253_402_300_799))
}

fn plain(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;

    fn handin() -> Handin {
        let text = "torn-header solved tries=3 hints=1 here=yes first=1700000000 solved=1700000600 \
                    seen=ff\nmigration-window tried tries=2\n";
        let pack = pack::builtin().expect("the course's own pack");
        Handin::new("a new user", &pack, &Progress::parse(text), 1_700_000_700)
    }

    #[test]
    fn what_is_handed_in_arrives() {
        let (handin, text) = (handin(), handin().text(None));
        assert!(text.contains("\nname: a new user\n") && text.contains("2023-11-14T22:25:00Z"));
        assert!(
            text.contains("torn-header solved tries=3 hints=1 ") && text.contains("minutes=10")
        );
        assert!(!text.contains("here=") && !text.contains("seen="), "{text}");
        let arrived = Handin::parse(&text).expect("it is whole");
        assert_eq!((&arrived.name, arrived.written), (&handin.name, handin.written));
        assert_eq!(arrived.exercises.len(), handin.exercises.len());
        assert_eq!(seconds(&arrived.exercises[0]), Some(600));
        let mailed = format!("\u{feff}{}", text.replace('\n', "  \r\n"));
        assert_eq!(Handin::parse(&mailed), Ok(arrived));
    }

    #[test]
    fn a_signature_is_of_one_secret_and_one_text() {
        let (secret, other) = (Secret::new(), Secret::new());
        let text = handin().text(Some(&secret));
        let arrived = Handin::parse(&text).expect("it is whole");
        assert_eq!(arrived.exercises, Handin::parse(&handin().text(None)).expect("it").exercises);
        let signature = arrived.signature.expect("it is signed");
        assert!(signature.is_of(&secret) && !signature.is_of(&other));
        let mailed = Handin::parse(&text.replace('\n', "  \r\n")).expect("it is whole");
        assert!(mailed.signature.expect("it is signed").is_of(&secret));
        // Changed, with a checksum that is right again.
        let (body, _) = text.rsplit_once("\nchecksum: ").expect("it has one");
        let body = body.replace("tries=3", "tries=1");
        let sum = checksum::of(plain(&body).as_bytes());
        let changed = Handin::parse(&format!("{body}\nchecksum: {sum}\n")).expect("it is whole");
        assert!(!changed.signature.expect("it is signed").is_of(&secret));
    }

    #[test]
    fn damage_is_seen() {
        let text = handin().text(None);
        assert_eq!(Handin::parse(&text.replace("tries=3", "tries=1")), Err(Unfit::Changed));
        assert_eq!(Handin::parse(&text.replace("a new", "another")), Err(Unfit::Changed));
        assert_eq!(Handin::parse(&text[..text.len() - 9]), Err(Unfit::Cut));
        assert_eq!(Handin::parse(&text[..text.len() / 2]), Err(Unfit::Cut));
        assert_eq!(Handin::parse("fn main() {}"), Err(Unfit::Other));
        let later = text.replace("hand-in 1", "hand-in 2");
        assert!(matches!(Handin::parse(&later), Err(Unfit::Format(_))));
    }

    #[test]
    fn names_are_one_line_and_files_stay_here() {
        assert_eq!(name(" a \u{1b}new\n user "), Ok("a new user".to_string()));
        assert!(name(" \t").is_err() && name(&"x".repeat(61)).is_err());
        assert_eq!(file("A new user"), "handin-a-new-user.txt");
        assert_eq!(file("../../x"), "handin-x.txt");
        assert_eq!(file("./"), "handin.txt");
    }
}
