//! A mailbox moves to another post office: a letter goes to the office that has the box.

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

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Post { old: mover | postman | owner, new: mover | postman | owner });

impl Post {
    pub fn new() -> Post {
        let office = || Mutex::new(Office { letters: 0, moved: false });
        Post { old: office(), new: office() }
    }

    /// Moves the box, with what is in it.
    // TODO: a letter that was put in must be found from then on, before, during and after the
    // move. You may change anything but the signatures.
    pub fn move_box(&self) {
        let letters = self.old.lock().unwrap().letters;
        self.new.lock().unwrap().letters = letters;
        *self.old.lock().unwrap() = Office { letters: 0, moved: true };
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
