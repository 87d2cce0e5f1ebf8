//! A station with a lock around the times: taken for each look, and let go between two.

use super::rt::sync::{Arc, Mutex};

/// The timetable that is handed out.
pub struct Station {
    times: Arc<Mutex<(u32, u32)>>,
}

/// A timetable in a traveller's hand.
pub struct Timetable {
    times: Arc<Mutex<(u32, u32)>>,
}

racelab::fields!(Station { times: clerk -> traveller });

impl Station {
    pub fn new(leaves: u32, arrives: u32) -> Station {
        Station { times: Arc::new(Mutex::new((leaves, arrives))) }
    }

    /// The train leaves later, and arrives later. One clerk does this.
    pub fn delay(&self, minutes: u32) {
        let mut times = self.times.lock().unwrap();
        *times = (times.0 + minutes, times.1 + minutes);
    }

    /// Takes a timetable as it is now.
    pub fn take(&self) -> Timetable {
        Timetable { times: Arc::clone(&self.times) }
    }
}

impl Timetable {
    /// When the train leaves.
    pub fn leaves(&self) -> u32 {
        self.times.lock().unwrap().0
    }

    /// When it arrives.
    pub fn arrives(&self) -> u32 {
        self.times.lock().unwrap().1
    }
}
