//! A cabinet with a lock: the visitor waits for the curator.

use super::rt::sync::Mutex;

/// In a cabinet in which there is no piece.
pub const EMPTY: u64 = 0;

/// The piece, if there is one.
pub struct Cabinet {
    piece: Mutex<u64>,
}

racelab::fields!(Cabinet { piece: curator -> visitor });

impl Cabinet {
    pub fn new(piece: u64) -> Cabinet {
        Cabinet { piece: Mutex::new(piece) }
    }

    /// Puts a piece into the empty cabinet.
    pub fn put_in(&self, piece: u64) {
        *self.piece.lock().unwrap() = piece;
    }

    /// Takes the piece out.
    pub fn take_out(&self) -> u64 {
        std::mem::replace(&mut self.piece.lock().unwrap(), EMPTY)
    }

    /// Both sides of the piece; `None` if there is none.
    pub fn look(&self) -> Option<(u64, u64)> {
        let piece = *self.piece.lock().unwrap();
        (piece != EMPTY).then_some((piece, piece))
    }
}
