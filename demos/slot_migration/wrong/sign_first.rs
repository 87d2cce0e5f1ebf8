//! A mailbox with a sign on it before it moves: who follows the sign comes too early.

use super::rt::sync::Mutex;

/// One mailbox, and the two offices that it may be at.
pub struct Post {
    old: Mutex<Office>,
    new: Mutex<Office>,
}

/// What an office has of the box.
#[derive(Clone, Copy)]
pub struct Office {
    /// The letters in it, one bit each.
    letters: u64,
    /// The box has been moved to the other office.
    moved: bool,
}

racelab::fields!(Post { old: mover | postman | owner, new: mover | postman | owner });

impl Post {
    pub fn new() -> Post {
        let office = || Mutex::new(Office { letters: 0, moved: false });
        Post { old: office(), new: office() }
    }

    /// Moves the box, with what is in it.
    pub fn move_box(&self) {
        let mut old = self.old.lock().unwrap();
        old.moved = true;
        let letters = std::mem::take(&mut old.letters);
        drop(old);
        self.new.lock().unwrap().letters |= letters;
    }

    /// Puts a letter in.
    pub fn put(&self, letter: u32) {
        let mut old = self.old.lock().unwrap();
        if !old.moved {
            old.letters |= 1 << letter;
            return;
        }
        drop(old);
        self.new.lock().unwrap().letters |= 1 << letter;
    }

    /// The letters in the box.
    pub fn letters(&self) -> u64 {
        let old = *self.old.lock().unwrap();
        if old.moved { self.new.lock().unwrap().letters } else { old.letters }
    }

    /// The letters at the old office: none, once the box has moved.
    pub fn left_behind(&self) -> u64 {
        self.old.lock().unwrap().letters
    }
}
