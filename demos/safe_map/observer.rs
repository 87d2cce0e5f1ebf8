//! Who is told of the calls of a SafeMap: nobody, or counters that do not disturb each other.

use super::super::lock::own_number;
use super::super::rt::sync::atomic::AtomicU64;
use super::super::rt::sync::atomic::Ordering::Relaxed;
use super::shard_count;

/// Is told of what a [`SafeMap`](super::SafeMap) does, in the thread that does it and with no lock
/// held, but for [`contended`](Observer::contended). What nobody listens to costs nothing.
pub trait Observer {
    /// A key that was asked for has a value.
    #[inline]
    fn hit(&self) {}
    /// A key that was asked for has none.
    #[inline]
    fn miss(&self) {}
    /// A key that had no value has one now.
    #[inline]
    fn inserted(&self) {}
    /// A shard was not free at once: somebody is in it, or it is biased towards readers and a writer
    /// comes.
    #[inline]
    fn contended(&self) {}
}

/// Nobody listens.
impl Observer for () {}

/// Counts, for all threads together.
///
/// Each thread counts in a place of its own, as long as there are no more threads than places: two
/// for each CPU.
pub struct Counters {
    places: Box<[Place]>,
}

/// The counts of one thread, or of a few: on cache lines that nobody else writes to.
#[repr(align(128))]
#[derive(Default)]
struct Place {
    hits: AtomicU64,
    misses: AtomicU64,
    inserts: AtomicU64,
    contended: AtomicU64,
}

racelab::fields!(Counters { places: nobody -> any_thread });
racelab::fields!(Place {
    hits: owner -> any_thread, misses: owner -> any_thread, inserts: owner -> any_thread,
    contended: owner -> any_thread
});

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Keys that were asked for and had a value.
    pub hits: u64,
    /// Keys that were asked for and had none.
    pub misses: u64,
    /// Keys that got a value and had none before.
    pub inserts: u64,
    /// Shards that were not free at once.
    pub contended: u64,
}

impl Default for Counters {
    fn default() -> Self {
        let places = 0..(2 * shard_count::cpus()).next_power_of_two();
        Counters { places: places.map(|_| Place::default()).collect() }
    }
}

impl Counters {
    /// The sums: each was true of its own at some moment of this call, while others count on.
    pub fn counts(&self) -> Counts {
        let sum = |of: fn(&Place) -> &AtomicU64| {
            self.places.iter().map(|place| of(place).load(Relaxed)).sum()
        };
        Counts {
            hits: sum(|place| &place.hits),
            misses: sum(|place| &place.misses),
            inserts: sum(|place| &place.inserts),
            contended: sum(|place| &place.contended),
        }
    }

    #[inline]
    fn own(&self) -> &Place {
        &self.places[own_number() & (self.places.len() - 1)]
    }
}

impl Observer for Counters {
    #[inline]
    fn hit(&self) {
        self.own().hits.fetch_add(1, Relaxed);
    }

    #[inline]
    fn miss(&self) {
        self.own().misses.fetch_add(1, Relaxed);
    }

    #[inline]
    fn inserted(&self) {
        self.own().inserts.fetch_add(1, Relaxed);
    }

    #[inline]
    fn contended(&self) {
        self.own().contended.fetch_add(1, Relaxed);
    }
}
