//! A meeting room whose sign is hung out by a weak exchange, tried once: it may fail in a free room.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU32};

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    occupied: AtomicBool,
    minutes: AtomicU32,
}

racelab::fields!(Room { occupied: anna | ben, minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { occupied: AtomicBool::new(false), minutes: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes, or goes away if the room is occupied: whether
    /// it took place.
    pub fn meet(&self) -> bool {
        // Pairs with the end of the meeting before: its minutes are written.
        if self.occupied.compare_exchange_weak(false, true, Acquire, Relaxed).is_err() {
            return false;
        }
        let minutes = self.minutes.load(Relaxed);
        self.minutes.store(minutes + 1, Relaxed);
        // Pairs with the next exchange.
        self.occupied.store(false, Release);
        true
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        self.minutes.load(Relaxed)
    }
}
