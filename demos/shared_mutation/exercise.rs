//! A railway station: a clerk announces delays, and travellers look at the timetable they took.

use super::rt::sync::Arc;
use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The timetable that is handed out.
pub struct Station {
    times: Arc<Times>,
}

/// When the train leaves and when it arrives, in minutes.
pub struct Times {
    leaves: AtomicU32,
    arrives: AtomicU32,
}

/// A timetable in a traveller's hand.
pub struct Timetable {
    times: Arc<Times>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Station { times: clerk -> traveller });
racelab::fields!(Times { leaves: clerk -> traveller, arrives: clerk -> traveller });

impl Station {
    pub fn new(leaves: u32, arrives: u32) -> Station {
        let times = Times { leaves: AtomicU32::new(leaves), arrives: AtomicU32::new(arrives) };
        Station { times: Arc::new(times) }
    }

    /// The train leaves later, and arrives later. One clerk does this.
    // TODO: a timetable that was taken must stay as it was when it was taken, and its two times
    // must belong together. You may change anything but the signatures.
    pub fn delay(&self, minutes: u32) {
        self.times.leaves.fetch_add(minutes, Relaxed);
        self.times.arrives.fetch_add(minutes, Relaxed);
    }

    /// Takes a timetable as it is now.
    pub fn take(&self) -> Timetable {
        Timetable { times: Arc::clone(&self.times) }
    }
}

impl Timetable {
    /// When the train leaves.
    pub fn leaves(&self) -> u32 {
        self.times.leaves.load(Relaxed)
    }

    /// When it arrives.
    pub fn arrives(&self) -> u32 {
        self.times.arrives.load(Relaxed)
    }
}
