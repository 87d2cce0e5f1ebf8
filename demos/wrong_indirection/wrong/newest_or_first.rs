//! An archive where whatever is not of format 1 is taken for format 2.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Sixteen words. The first is the format of the records: in format 1 a record is its pages and its
/// chapters, in format 2 its number, its pages and its chapters.
pub struct Archive {
    words: [AtomicU64; 16],
}

racelab::fields!(Archive { words: nobody -> reader });

impl Archive {
    pub fn new(words: [u64; 16]) -> Archive {
        Archive { words: words.map(AtomicU64::new) }
    }

    /// How many pages the record has to whose card this ticket leads.
    pub fn pages(&self, ticket: usize) -> Option<u64> {
        let record = self.word(ticket) as usize;
        let place = if self.word(0) == 1 { 0 } else { 1 };
        Some(self.word(record + place))
    }

    fn word(&self, place: usize) -> u64 {
        self.words[place].load(Relaxed)
    }
}
