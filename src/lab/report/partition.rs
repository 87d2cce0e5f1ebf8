//! A share of an exploration: which part of the whole it is, and whether parts belong together.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A share of an exploration, as it is asked for: `2/4` is the second of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Partition {
    /// Which, from 1.
    pub index: u32,
    /// How many there are.
    pub of: u32,
}

/// More shares than this would each repeat more than they explore.
const MOST: u32 = 256;

impl Partition {
    /// The share of this number, from 1, of so many; none where there is no such share.
    pub fn new(index: u32, of: u32) -> Option<Partition> {
        let fits = (1..=MOST).contains(&of) && (1..=of).contains(&index);
        fits.then_some(Partition { index, of })
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Partition, String> {
        let numbers = text.split_once('/').map(|(index, of)| (index.trim(), of.trim()));
        let numbers = numbers.and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        let partition = numbers.and_then(|(index, of)| Partition::new(index, of));
        partition.ok_or_else(|| {
            format!(
                "{text:?} is no share: K/N is the share K of N, from 1/N to N/N, N at most {MOST}"
            )
        })
    }
}

/// A fingerprint of texts: FNV-1a, the same on any machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    /// Of nothing yet.
    pub(crate) fn new() -> Fingerprint {
        Fingerprint(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a text, and where it ends.
    pub(crate) fn add(&mut self, text: &[u8]) {
        for byte in text.iter().chain([&0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What was explored of a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which share it is.
    pub partition: Partition,
    /// Runs that each share repeats before the whole is divided; the first share counts them.
    pub repeated: u64,
    /// What was divided, as a number: shares with another are of another program, or of another
    /// version of it. Empty where a limit came before that.
    pub tree: String,
    /// Whether it came to the end of its share.
    pub complete: bool,
    /// What std allows without a reason that the program met in this share, as the second look would
    /// try it: the first share takes that look for all.
    pub meets: Vec<String>,
}

impl Part {
    /// It is of a program of which this is the text, beside what it does: an assertion does nothing
    /// that a graph would show.
    pub(crate) fn is_of(&mut self, text: &str) {
        if self.tree.is_empty() {
            return;
        }
        let mut both = Fingerprint::new();
        both.add(self.tree.as_bytes());
        both.add(text.as_bytes());
        self.tree = both.to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_its_text() {
        let of = |tree: &str, text: &str| {
            let partition = Partition { index: 1, of: 2 };
            let tree = tree.to_string();
            let mut part = Part { partition, repeated: 0, tree, complete: true, meets: Vec::new() };
            part.is_of(text);
            part.tree
        };
        assert_eq!(of("a", "assert!(x < 2)"), of("a", "assert!(x < 2)"));
        assert_ne!(of("a", "assert!(x < 2)"), of("a", "assert!(x < 3)"));
        assert_ne!(of("a", "assert!(x < 2)"), of("b", "assert!(x < 2)"));
        // Nothing was divided.
        assert_eq!(of("", "assert!(x < 2)"), "");
    }
}
