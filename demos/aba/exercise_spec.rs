//! What a cloakroom should do: whoever takes a locker has one that nobody else has.

use super::rt::sync::atomic::{AtomicBool, Ordering::SeqCst};
use super::source::Room;

/// A cloakroom, and which lockers are taken.
pub struct Watched {
    room: Room,
    taken: [AtomicBool; 4],
}

racelab::fields!(Watched { room: any, taken: any });

impl Watched {
    fn new() -> Watched {
        Watched { room: Room::new(), taken: [false; 4].map(AtomicBool::new) }
    }

    /// Whether the locker that was taken was nobody's.
    fn take(&self) -> Option<bool> {
        let locker = self.room.take()?;
        Some(!self.taken[locker].swap(true, SeqCst))
    }

    /// Gives back one of those that are taken, if there is one.
    fn give_back(&self) -> bool {
        let locker = (0..4).find(|&at| self.taken[at].swap(false, SeqCst));
        locker.inspect(|locker| self.room.give_back(*locker)).is_some()
    }
}

racelab::specification! {
    |watched: Watched = Watched::new(), plain: u64 = 0, seen|
    take() => watched.take(), (*plain < 4).then(|| {
        *plain += 1;
        true
    }), last;
    // Whoever takes one has it before that is written down, and so none may be found.
    give_back() => watched.give_back(), seen == "true" && {
        let taken = *plain > 0;
        *plain -= u64::from(taken);
        taken
    };
}
