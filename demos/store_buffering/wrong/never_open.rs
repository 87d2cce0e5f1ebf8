//! A cabinet whose curtain stays closed once it was closed.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicBool, AtomicU64, fence};
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
    }

    /// Closes the curtain, waits until nobody looks, and takes the piece out.
    pub fn take_out(&self) -> u64 {
        self.open.store(false, Relaxed);
        // Pairs with the fence in `look`: the visitor is seen here, or the closed curtain there.
        fence(SeqCst);
        // Pairs with the last store in `look`.
        while self.looking.load(Acquire) {
            yield_now();
        }
        let piece = self.sides[0].load(Relaxed);
        self.show(EMPTY);
        piece
    }

    /// Both sides of the piece; `None` if the curtain is closed. There is one visitor.
    pub fn look(&self) -> Option<(u64, u64)> {
        self.looking.store(true, Relaxed);
        // Pairs with the fence in `take_out`.
        fence(SeqCst);
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
