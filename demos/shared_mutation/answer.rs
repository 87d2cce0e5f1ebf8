//! A station that prints a new timetable for each delay; whoever holds an old one keeps it.

use super::rt::sync::{Arc, Mutex};

/// The timetable that is handed out.
pub struct Station {
    times: Mutex<Arc<Times>>,
}

/// When the train leaves and when it arrives, in minutes. Plain numbers: nothing changes them.
pub struct Times {
    leaves: u32,
    arrives: u32,
}

/// A timetable in a traveller's hand.
pub struct Timetable {
    times: Arc<Times>,
}

racelab::fields!(Station { times: clerk -> traveller });
racelab::fields!(Times { leaves: clerk -> traveller, arrives: clerk -> traveller });

impl Station {
    pub fn new(leaves: u32, arrives: u32) -> Station {
        Station { times: Mutex::new(Arc::new(Times { leaves, arrives })) }
    }

    /// The train leaves later, and arrives later. One clerk does this.
    pub fn delay(&self, minutes: u32) {
        let mut times = self.times.lock().unwrap();
        let Times { leaves, arrives } = **times;
        *times = Arc::new(Times { leaves: leaves + minutes, arrives: arrives + minutes });
    }

    /// Takes a timetable as it is now.
    pub fn take(&self) -> Timetable {
        Timetable { times: Arc::clone(&self.times.lock().unwrap()) }
    }
}

impl Timetable {
    /// When the train leaves.
    pub fn leaves(&self) -> u32 {
        self.times.leaves
    }

    /// When it arrives.
    pub fn arrives(&self) -> u32 {
        self.times.arrives
    }
}
