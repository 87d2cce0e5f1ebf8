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
