//! A cabinet whose curtain and mat are changed by exchanges.

use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU64};
use super::rt::thread::yield_now;

/// Both sides of a cabinet in which there is no piece.
pub const EMPTY: u64 = 0;

/// A piece has two sides. The cabinet has a curtain, and a mat that tells whether somebody stands
/// before it.
pub struct Cabinet {
    open: AtomicBool,
    looking: AtomicBool,
    sides: [AtomicU64; 2],
}

racelab::fields!(Cabinet {
    open: curator -> visitor, looking: visitor -> curator, sides: curator -> visitor
});

impl Cabinet {
    pub fn new(piece: u64) -> Cabinet {
        let (open, looking) = (AtomicBool::new(true), AtomicBool::new(false));
        Cabinet { open, looking, sides: [piece; 2].map(AtomicU64::new) }
    }

    /// Puts a piece into the empty cabinet, and opens the curtain. There is one curator.
    pub fn put_in(&self, piece: u64) {
        self.show(piece);
        self.open.store(true, Release);
    }

    /// Closes the curtain, waits until nobody looks, and takes the piece out.
    pub fn take_out(&self) -> u64 {
        self.open.swap(false, AcqRel);
        while self.looking.load(Acquire) {
            yield_now();
        }
        let piece = self.sides[0].load(Relaxed);
        self.show(EMPTY);
        piece
    }

    /// Both sides of the piece; `None` if the curtain is closed. There is one visitor.
    pub fn look(&self) -> Option<(u64, u64)> {
        self.looking.swap(true, AcqRel);
        let seen = self.open.load(Acquire).then(|| {
            (self.sides[0].load(Relaxed), self.sides[1].load(Relaxed))
        });
        self.looking.store(false, Release);
        seen
    }

    fn show(&self, piece: u64) {
        self.sides.iter().for_each(|side| side.store(piece, Relaxed));
    }
}
