//! How many of a hundred operations are reads.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `99/1`: 99 reads and 1 write of a hundred operations.
///
/// Half of the writes store to a key that is there; the other half take a key out and put it in
/// again, counted as one operation. So the number of keys stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mix {
    reads: u8,
}

impl Mix {
    /// Those of the full table.
    pub const TABLE: [Mix; 5] = [
        Mix { reads: 100 },
        Mix { reads: 99 },
        Mix { reads: 90 },
        Mix { reads: 50 },
        Mix { reads: 0 },
    ];

    /// So many reads of a hundred; 100 at most.
    pub fn of_reads(reads: u8) -> Mix {
        Mix { reads: reads.min(100) }
    }

    /// Reads of a hundred operations.
    pub fn reads(self) -> u8 {
        self.reads
    }

    /// Whether a random word is a read, from 32 of its bits.
    #[inline]
    pub fn is_read(self, random: u32) -> bool {
        u64::from(random) * 100 < u64::from(self.reads) << 32
    }
}

impl fmt::Display for Mix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.reads, 100 - self.reads)
    }
}

impl FromStr for Mix {
    type Err = String;

    fn from_str(text: &str) -> Result<Mix, String> {
        let shape = "a mix is reads/writes of a hundred: 99/1";
        let (reads, writes) = text.split_once('/').ok_or(shape)?;
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| shape.to_string());
        let (reads, writes) = (number(reads)?, number(writes)?);
        match u64::from(reads) + u64::from(writes) {
            100 => Ok(Mix { reads: reads as u8 }),
            sum => Err(format!("{reads} and {writes} are {sum}; {shape}")),
        }
    }
}

impl TryFrom<String> for Mix {
    type Error = String;

    fn try_from(text: String) -> Result<Mix, String> {
        text.parse()
    }
}

impl From<Mix> for String {
    fn from(mix: Mix) -> String {
        mix.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_is_read_and_written() {
        assert_eq!("99/1".parse::<Mix>().map(|mix| mix.to_string()), Ok("99/1".to_string()));
        for wrong in ["99", "99/2", "x/1", "200/-100", "4294967295/4294967295", ""] {
            assert!(wrong.parse::<Mix>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_reads_are_as_many_as_it_says() {
        let reads = |mix: Mix| (0..1000u32).filter(|i| mix.is_read(i * 4_294_968)).count();
        assert_eq!([0, 50, 100].map(|of| reads(Mix::of_reads(of))), [0, 500, 1000]);
        assert!((985..=995).contains(&reads(Mix::of_reads(99))));
        assert!(!Mix::of_reads(0).is_read(0) && Mix::of_reads(100).is_read(u32::MAX));
    }
}
