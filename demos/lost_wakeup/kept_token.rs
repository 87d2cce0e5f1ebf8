//! A map whose readers park: a wakeup that comes too early is kept until its thread parks.

use super::rt::sync::{Mutex, MutexGuard};
use super::rt::thread::{self, Thread};

/// In the place of a value that is not there yet.
pub const NONE: u64 = 0;

/// Values for the keys 0 to 3, and those who wait for one.
pub struct Map {
    inside: Mutex<Inside>,
}

/// What the lock guards.
struct Inside {
    values: [u64; 4],
    waiting: Vec<Thread>,
}

racelab::fields!(Map { inside: writer | reader | other });

impl Map {
    pub fn new() -> Map {
        Map { inside: Mutex::new(Inside { values: [NONE; 4], waiting: Vec::new() }) }
    }

    /// Puts a value in, and wakes all who wait: each looks whether it is its own.
    pub fn put(&self, key: usize, value: u64) {
        let waiting = {
            let mut inside = self.inside();
            inside.values[key] = value;
            std::mem::take(&mut inside.waiting)
        };
        waiting.iter().for_each(Thread::unpark);
    }

    /// The value of a key, as soon as there is one.
    pub fn wait_for(&self, key: usize) -> u64 {
        loop {
            {
                let mut inside = self.inside();
                if inside.values[key] != NONE {
                    return inside.values[key];
                }
                inside.waiting.push(thread::current());
            }
            // Returns at once where the writer has come in between.
            thread::park();
        }
    }

    #[track_caller]
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }
}
