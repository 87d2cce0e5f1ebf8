//! A station whose timetable never changes again: what is held is safe, and what is taken is old.

use super::rt::sync::Arc;

/// The timetable that is handed out.
pub struct Station {
    times: Arc<(u32, u32)>,
}

/// A timetable in a traveller's hand.
pub struct Timetable {
    times: Arc<(u32, u32)>,
}

racelab::fields!(Station { times: clerk -> traveller });

impl Station {
    pub fn new(leaves: u32, arrives: u32) -> Station {
        Station { times: Arc::new((leaves, arrives)) }
    }

    /// The train leaves later, and arrives later. One clerk does this.
    pub fn delay(&self, minutes: u32) {
        // The traveller has a copy; this one is the clerk's.
        let mut times = Arc::clone(&self.times);
        let own = Arc::make_mut(&mut times);
        *own = (own.0 + minutes, own.1 + minutes);
    }

    /// Takes a timetable as it is now.
    pub fn take(&self) -> Timetable {
        Timetable { times: Arc::clone(&self.times) }
    }
}

impl Timetable {
    /// When the train leaves.
    pub fn leaves(&self) -> u32 {
        self.times.0
    }

    /// When it arrives.
    pub fn arrives(&self) -> u32 {
        self.times.1
    }
}
