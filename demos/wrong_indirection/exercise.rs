//! An archive in words: a ticket names a card, a card names a record, a record says how long it is.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Sixteen words. The first is the format of the records: in format 1 a record is its pages and its
/// chapters, in format 2 its number, its pages and its chapters.
pub struct Archive {
    words: [AtomicU64; 16],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Archive { words: nobody -> reader });

impl Archive {
    pub fn new(words: [u64; 16]) -> Archive {
        Archive { words: words.map(AtomicU64::new) }
    }

    /// How many pages the record has to whose card this ticket leads.
    // TODO: the pages of the record, in format 1 and in format 2, and `None` for a format that you
    // do not know. You may change anything but the signatures.
    pub fn pages(&self, ticket: usize) -> Option<u64> {
        let record = self.word(ticket);
        Some(record)
    }

    fn word(&self, place: usize) -> u64 {
        self.words[place].load(Relaxed)
    }
}
