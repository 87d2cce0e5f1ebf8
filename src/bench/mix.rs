//! How many of a hundred operations are reads.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `99/1`: 99 reads and 1 write of a hundred operations; `99.97/0.03` is the finest there is.
///
/// Half of the writes store to a key that is there; the other half take a key out and put it in
/// again, counted as one operation. So the number of keys stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mix {
    /// Of ten thousand operations.
    reads: u16,
}

const WHOLE: u16 = 10_000;

impl Mix {
    /// Those of the full table.
    pub const TABLE: [Mix; 5] = [
        Mix { reads: 10_000 },
        Mix { reads: 9_900 },
        Mix { reads: 9_000 },
        Mix { reads: 5_000 },
        Mix { reads: 0 },
    ];

    /// So many reads of a hundred; 100 at most.
    pub fn of_reads(reads: u8) -> Mix {
        Mix { reads: u16::from(reads.min(100)) * 100 }
    }

    /// Of so many reads and so many writes; rare ones are not forgotten. Without any, all reads.
    pub fn of_rates(reads: f64, writes: f64) -> Mix {
        let share = (reads / (reads + writes) * f64::from(WHOLE)).round() as u16;
        match share {
            _ if writes <= 0.0 => Mix { reads: WHOLE },
            _ if reads <= 0.0 => Mix { reads: 0 },
            share => Mix { reads: share.clamp(1, WHOLE - 1) },
        }
    }

    /// The share of writes, from 0 to 1.
    pub fn writes(self) -> f64 {
        f64::from(WHOLE - self.reads) / f64::from(WHOLE)
    }

    /// Whether a random word is a read, from 32 of its bits.
    #[inline]
    pub fn is_read(self, random: u32) -> bool {
        u64::from(random) * u64::from(WHOLE) < u64::from(self.reads) << 32
    }
}

impl fmt::Display for Mix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |of: u16| f64::from(of) / 100.0;
        write!(formatter, "{}/{}", percent(self.reads), percent(WHOLE - self.reads))
    }
}

impl FromStr for Mix {
    type Err = String;

    fn from_str(text: &str) -> Result<Mix, String> {
        let shape = "a mix is reads/writes of a hundred: 99/1";
        let (reads, writes) = text.split_once('/').ok_or(shape)?;
        let number = |text: &str| {
            let number = text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
            number.ok_or(shape.to_string())
        };
        let (reads, writes) = (number(reads)?, number(writes)?);
        if (reads + writes - 100.0).abs() > 1e-6 {
            return Err(format!("{reads} and {writes} are {}; {shape}", reads + writes));
        }
        Ok(Mix { reads: (reads * 100.0).round() as u16 })
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
        for text in ["99/1", "100/0", "0/100", "99.97/0.03"] {
            assert_eq!(text.parse::<Mix>().map(|mix| mix.to_string()), Ok(text.to_string()));
        }
        for wrong in ["99", "99/2", "x/1", "200/-100", "inf/1", "NaN/1", "1e300/1", ""] {
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

    #[test]
    fn rates_are_a_mix() {
        let mix = |reads, writes| Mix::of_rates(reads, writes).to_string();
        assert_eq!(mix(5000.0, 300.0), "94.34/5.66");
        assert_eq!(mix(1e9, 1.0), "99.99/0.01");
        assert_eq!(
            (mix(7.0, 0.0), mix(0.0, 7.0), mix(0.0, 0.0)),
            ("100/0".into(), "0/100".into(), "100/0".into())
        );
    }
}
