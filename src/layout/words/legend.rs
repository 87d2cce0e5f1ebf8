//! Gives every writer a letter and a colour, and says which is whose.

use crate::Word;
use crate::access::Access;
use crate::words::ink::{Ink, paint};

/// The writers of one type, each with its letter.
pub(crate) struct Legend {
    writers: Vec<(String, char)>,
}

impl Legend {
    /// A letter for each writer in `accesses`: a capital of its own name where one is free.
    pub(crate) fn new(accesses: &[Access]) -> Legend {
        let mut writers: Vec<(String, char)> = Vec::new();
        for name in accesses.iter().flat_map(|access| &access.writers) {
            if writers.iter().any(|(known, _)| known == name) {
                continue;
            }
            let free = |letter: &char| !writers.iter().any(|(_, taken)| taken == letter);
            let own =
                name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
            let letter = own.chain('A'..='Z').chain('0'..='9').find(free).unwrap_or('W');
            writers.push((name.clone(), letter));
        }
        Legend { writers }
    }

    /// The letter and colour of the bytes of `access`.
    pub(crate) fn mark(&self, access: &Access) -> (char, Ink) {
        match access.writers.as_slice() {
            [] if access.undeclared && access.word == Word::Lock => ('k', Ink::Lock),
            [] if access.undeclared => ('a', Ink::Unknown),
            [] => ('-', Ink::Quiet),
            [writer] => match self.writers.iter().position(|(name, _)| name == writer) {
                Some(number) => (self.writers[number].1, Ink::Writer(number)),
                None => ('-', Ink::Quiet),
            },
            _ => ('*', Ink::Several),
        }
    }

    /// Each sign used in `accesses` with its meaning, for instance `W writer`, in lines of at most
    /// `width` columns, each after `indent` spaces.
    pub(crate) fn lines(
        &self,
        accesses: &[Access],
        padding: bool,
        width: usize,
        indent: usize,
    ) -> String {
        let mut out = String::new();
        let mut column = 0;
        for (entry, ink) in self.entries(accesses, padding) {
            let length = racelab::words::width(&entry);
            if column > 0 && column + 3 + length > width {
                out.push('\n');
                column = 0;
            }
            let gap = if column == 0 { indent } else { 3 };
            out.push_str(&" ".repeat(gap));
            out.push_str(&paint(&entry, ink));
            column += gap + length;
        }
        if column > 0 {
            out.push('\n');
        }
        out
    }

    /// Each sign used in `accesses` with its meaning and colour.
    pub(crate) fn entries(&self, accesses: &[Access], padding: bool) -> Vec<(String, Ink)> {
        let mut entries: Vec<(String, Ink)> = Vec::new();
        for (number, (name, letter)) in self.writers.iter().enumerate() {
            let alone = |access: &Access| access.writers.len() == 1 && access.writers[0] == *name;
            if accesses.iter().any(alone) {
                entries.push((format!("{letter} {name}"), Ink::Writer(number)));
            }
        }
        let quiet = if self.writers.is_empty() { "plain data" } else { "no declared writer" };
        let used = |sign: char| accesses.iter().any(|access| self.mark(access).0 == sign);
        let signs = [
            ('*', "several writers", Ink::Several),
            ('a', "atomic, writers unknown", Ink::Unknown),
            ('k', "lock, users unknown", Ink::Lock),
            ('-', quiet, Ink::Quiet),
        ];
        let used = signs.into_iter().filter(|&(sign, ..)| used(sign));
        entries.extend(used.map(|(sign, meaning, ink)| (format!("{sign} {meaning}"), ink)));
        if padding {
            entries.push((". padding".to_owned(), Ink::Hole));
        }
        entries
    }
}
