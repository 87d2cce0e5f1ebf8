//! A cabinet whose curtain and mat are two bits of one word.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64};
use super::rt::thread::yield_now;

/// Both sides of a cabinet in which there is no piece.
pub const EMPTY: u64 = 0;

/// The curtain is open.
const OPEN: u8 = 1;
/// Somebody stands on the mat.
const LOOKING: u8 = 2;

/// A piece has two sides. The cabinet has a curtain, and a mat that tells whether somebody stands
/// before it.
pub struct Cabinet {
    state: AtomicU8,
    sides: [AtomicU64; 2],
}

racelab::fields!(Cabinet { state: curator | visitor, sides: curator -> visitor });

impl Cabinet {
    pub fn new(piece: u64) -> Cabinet {
        Cabinet { state: AtomicU8::new(OPEN), sides: [piece; 2].map(AtomicU64::new) }
    }

    /// Puts a piece into the empty cabinet, and opens the curtain. There is one curator.
    pub fn put_in(&self, piece: u64) {
        self.show(piece);
        self.state.fetch_or(OPEN, Release);
    }

    /// Closes the curtain, waits until nobody looks, and takes the piece out.
    pub fn take_out(&self) -> u64 {
        while self.state.fetch_and(!OPEN, Acquire) & LOOKING != 0 {
            yield_now();
        }
        let piece = self.sides[0].load(Relaxed);
        self.show(EMPTY);
        piece
    }

    /// Both sides of the piece; `None` if the curtain is closed. There is one visitor.
    pub fn look(&self) -> Option<(u64, u64)> {
        let open = self.state.fetch_or(LOOKING, Acquire) & OPEN != 0;
        let seen = open.then(|| {
            (self.sides[0].load(Relaxed), self.sides[1].load(Relaxed))
        });
        self.state.fetch_and(!LOOKING, Release);
        seen
    }

    fn show(&self, piece: u64) {
        self.sides.iter().for_each(|side| side.store(piece, Relaxed));
    }
}
