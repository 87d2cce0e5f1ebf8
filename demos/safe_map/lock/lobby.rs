//! What the locks of one map share: where their readers announce themselves, and where one waits.

use std::time::Duration;

use super::super::rt::sync::atomic::AtomicU32;
use super::super::rt::sync::atomic::Ordering::Relaxed;
use super::super::rt::sync::{Condvar, Mutex, MutexGuard, OnceLock};
use super::thread_number::own_number;

/// Slots for the readers of biased locks, and a queue for all who wait.
///
/// Half a cache line, for it lies in the map, and every call reads that line; what is written while
/// readers come and threads wait lies elsewhere.
pub struct Lobby {
    /// Made when the first lock is biased, or the first thread parks: most maps need none.
    room: OnceLock<Box<Room>>,
    tuning: Tuning,
}

/// The part of a lobby that is in use.
struct Room {
    slots: Box<[Slot]>,
    queue: Mutex<()>,
    left: Condvar,
}

racelab::fields!(Lobby { room: any_thread, tuning: nobody -> any_thread });
racelab::fields!(Room { slots: nobody -> any_thread, queue: any_thread, left: any_thread });

/// How patient the locks are. What is best does not change what is right, so a model may be small.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Slots, rounded up to a power of two: about as many as threads that run at once.
    pub slots: u16,
    /// Attempts before a thread parks.
    pub spins: u16,
    /// How often for each two slots a lock is handed on by looks, those by one thread in a row taken
    /// off at half, before it is biased.
    pub looks: u16,
}

/// Where one thread says which biased lock it reads: on cache lines that no other thread writes to,
/// as long as there are no more threads than slots.
#[repr(align(128))]
pub(super) struct Slot {
    /// That of the lock, or 0.
    pub(super) number: AtomicU32,
}

racelab::fields!(Slot { number: any_thread });

/// How long a thread parks that nobody wakes: see `Lock::wake`.
const LIMIT: Duration = Duration::from_millis(1);

impl Lobby {
    /// An empty one.
    pub fn new(tuning: Tuning) -> Self {
        Lobby { room: OnceLock::new(), tuning }
    }

    #[inline]
    pub(super) fn tuning(&self) -> &Tuning {
        &self.tuning
    }

    /// How often a lock is handed on before it is biased, in halves.
    pub(super) fn many(&self) -> u16 {
        let slots = self.tuning.slots.next_power_of_two();
        slots.saturating_mul(self.tuning.looks)
    }

    #[inline]
    pub(super) fn slots(&self) -> &[Slot] {
        &self.room().slots
    }

    /// The slot of the thread that asks.
    #[inline]
    pub(super) fn own_slot(&self) -> &Slot {
        let slots = self.slots();
        &slots[own_number() & (slots.len() - 1)]
    }

    #[inline]
    fn room(&self) -> &Room {
        self.room.get_or_init(|| {
            let slots = 0..self.tuning.slots.next_power_of_two();
            let slots = slots.map(|_| Slot { number: AtomicU32::new(0) }).collect();
            Box::new(Room { slots, queue: Mutex::new(()), left: Condvar::new() })
        })
    }

    /// Attempts whenever somebody has left, and parks in between.
    pub(super) fn park<R>(&self, parked: &AtomicU32, attempt: impl Fn() -> Option<R>) -> R {
        // Relaxed: that it may be seen too late is what the limit is for.
        parked.fetch_add(1, Relaxed);
        let result = loop {
            // Not in the queue meanwhile: an attempt that fails may leave a slot, and wake others.
            if let Some(result) = attempt() {
                break result;
            }
            drop(self.room().left.wait_timeout(self.queue(), LIMIT));
        };
        parked.fetch_sub(1, Relaxed);
        result
    }

    /// Wakes all who are parked. They attempt again, each for itself.
    #[cold]
    pub(super) fn wake(&self) {
        drop(self.queue());
        self.room().left.notify_all();
    }

    fn queue(&self) -> MutexGuard<'_, ()> {
        self.room().queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
