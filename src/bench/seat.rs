//! A map and what a thread does with it: blocks of operations, as fast as it can or at their time.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use hdrhistogram::Histogram;
use racelab::explore::native::clock::Clock;

use crate::draw::{Draw, Draws};
use crate::keys::{Key, Value};
use crate::maps::{Map, Operations};
use crate::mix::Mix;
use crate::reading::ordered;

/// Operations between two looks at the clock, at most, and for which a guard is held.
pub const STRIDE: u64 = 64;
/// Of so many operations one is timed.
pub const ONE_IN: u64 = 32;

/// What the threads do: the same for every map.
pub struct Work<'w, K: Key> {
    /// The keys.
    pub pool: &'w K::Pool,
    /// Which of them comes next.
    pub draws: &'w Draws,
    /// How many reads.
    pub mix: Mix,
    /// How large a value is, where its type leaves that open.
    pub bytes: usize,
}

/// One thread's block: when it has to end, and how it draws.
pub struct Block {
    /// When all threads began, in ticks of the clock.
    pub start: AtomicU64,
    /// How long it is, in ticks.
    pub length: u64,
    /// Operations between two looks at the clock: few where one takes long.
    pub stride: u64,
    /// Another for each block.
    pub seed: u64,
}

impl Block {
    /// A block of this length, for operations of about so many nanoseconds.
    pub fn new(length: Duration, ns: f64, seed: u64) -> Block {
        let most = length.as_nanos() as f64 / 20.0 / ns.max(1.0);
        let stride = (most as u64).clamp(1, STRIDE);
        Block { start: AtomicU64::new(0), length: Clock::get().ticks(length), stride, seed }
    }

    /// To be called by one thread when all are ready.
    pub fn begin(&self) {
        self.start.store(Clock::get().now(), Relaxed);
    }
}

/// What one thread came to in a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// How many operations.
    pub operations: u64,
    /// How long they took, from the start that all share, in ticks.
    pub ticks: u64,
}

/// A map that takes part, whatever its type.
pub trait Contestant<K: Key, V: Value>: Send + Sync {
    /// Puts the keys from 0 to `keys` into it.
    fn fill(&self, pool: &K::Pool, keys: usize, bytes: usize);
    /// Puts one key into it, as `fill` does.
    fn insert(&self, pool: &K::Pool, index: usize, bytes: usize);
    /// How many keys it has.
    fn count(&self) -> usize;
    /// For how many there is room, if it says so.
    fn room(&self) -> Option<usize>;
    /// The words of all values, added up, one entry after another.
    fn scan(&self) -> u64;
    /// Copies all of it as it is at one moment; how many entries, if it can.
    fn copy(&self) -> Option<usize>;
    /// A word of the value of a key.
    fn word(&self, key: &K) -> Option<u64>;
    /// The value of a key, computed if it has none.
    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V;
    /// So many operations, on this thread.
    fn operations(&self, work: &Work<K>, seed: u64, operations: u64);
    /// As many operations as fit into the block.
    fn closed(&self, work: &Work<K>, block: &Block, thread: usize) -> Part;
    /// The same, and one in [`ONE_IN`] is timed by itself, in ticks.
    fn sampled(&self, work: &Work<K>, block: &Block, thread: usize, into: &mut Histogram<u64>);
    /// One operation each `period` ticks; one in [`ONE_IN`] is timed from when it was due.
    fn paced(
        &self,
        work: &Work<K>,
        block: &Block,
        thread: usize,
        period: f64,
        into: &mut Histogram<u64>,
    );
}

/// An empty histogram of ticks: three digits, up to some minutes.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 1 << 40, 3).expect("bounds that make sense")
}

/// A map of one type.
pub struct Seat<M, K, V> {
    map: M,
    entries: PhantomData<fn(K) -> V>,
}

impl<M: Map<K, V>, K: Key, V: Value> Seat<M, K, V> {
    /// With an empty map.
    // Behind one trait, for the table of maps.
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Box<dyn Contestant<K, V>> {
        Box::new(Seat { map: M::empty(), entries: PhantomData })
    }

    /// So many operations in a row; what was read. A copy of the map's own code stands in it: one for
    /// everything that is measured, so that all of that measures the same, and one to compile.
    #[inline(never)]
    fn some(held: &M::Held<'_>, work: &Work<K>, draw: &mut Draw<'_>, operations: u64) -> u64 {
        let mut read = 0u64;
        for _ in 0..operations {
            let word = draw.word();
            K::with(work.pool, draw.key(word), |key| {
                if work.mix.is_read(word as u32) {
                    read = read.wrapping_add(held.get(key).map_or(0, |value| value.word()));
                } else {
                    // The mix looks at the upper of these 32 bits; the lowest is as good as a coin.
                    if word & 1 == 0 {
                        held.take(key);
                    }
                    held.put(key.clone(), V::make(word, work.bytes));
                }
            });
        }
        read
    }
}

impl<M: Map<K, V>, K: Key, V: Value> Contestant<K, V> for Seat<M, K, V> {
    fn fill(&self, pool: &K::Pool, keys: usize, bytes: usize) {
        let entry = |index| (K::with(pool, index, K::clone), V::make(index as u64, bytes));
        self.map.fill((0..keys).map(entry));
    }

    fn insert(&self, pool: &K::Pool, index: usize, bytes: usize) {
        K::with(pool, index, |key| self.map.hold().put(key.clone(), V::make(index as u64, bytes)));
    }

    fn count(&self) -> usize {
        self.map.count()
    }

    fn room(&self) -> Option<usize> {
        self.map.room()
    }

    fn scan(&self) -> u64 {
        self.map.scan()
    }

    fn copy(&self) -> Option<usize> {
        self.map.copy()
    }

    fn word(&self, key: &K) -> Option<u64> {
        self.map.hold().get(key).map(|value| value.word())
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        self.map.get_or_compute(key, compute)
    }

    fn operations(&self, work: &Work<K>, seed: u64, operations: u64) {
        let mut draw = work.draws.of_thread(seed, 0);
        std::hint::black_box(Self::some(&self.map.hold(), work, &mut draw, operations));
    }

    fn closed(&self, work: &Work<K>, block: &Block, thread: usize) -> Part {
        let clock = Clock::get();
        let start = block.start.load(Relaxed);
        let mut draw = work.draws.of_thread(block.seed, thread);
        let mut part = Part::default();
        let mut read = 0u64;
        while part.ticks < block.length {
            let held = self.map.hold();
            read = read.wrapping_add(Self::some(&held, work, &mut draw, block.stride));
            part.operations += block.stride;
            part.ticks = clock.now().saturating_sub(start);
        }
        std::hint::black_box(read);
        part
    }

    fn sampled(&self, work: &Work<K>, block: &Block, thread: usize, into: &mut Histogram<u64>) {
        let clock = Clock::get();
        let start = block.start.load(Relaxed);
        let mut draw = work.draws.of_thread(block.seed, thread);
        let mut read = 0u64;
        // Where one operation takes a good part of the block, each is timed.
        let untimed = (ONE_IN - 1).min(block.stride - 1);
        loop {
            let held = self.map.hold();
            read = read.wrapping_add(Self::some(&held, work, &mut draw, untimed));
            let before = ordered(clock);
            read = read.wrapping_add(Self::some(&held, work, &mut draw, 1));
            let after = ordered(clock);
            into.saturating_record(after.saturating_sub(before).max(1));
            if after.saturating_sub(start) >= block.length {
                break;
            }
        }
        std::hint::black_box(read);
    }

    fn paced(
        &self,
        work: &Work<K>,
        block: &Block,
        thread: usize,
        period: f64,
        into: &mut Histogram<u64>,
    ) {
        let clock = Clock::get();
        let start = block.start.load(Relaxed);
        let mut draw = work.draws.of_thread(block.seed, thread);
        let mut read = 0u64;
        let due_at = |operation: u64| start + (operation as f64 * period) as u64;
        let operations = (block.length as f64 / period) as u64;
        for operation in 0..operations {
            let due = due_at(operation);
            let mut now = clock.now();
            while now < due {
                now = clock.now();
            }
            if now > start + 3 * block.length {
                // It cannot keep up: what is left has waited for at least so long.
                for late in (operation..operations).filter(|late| late % ONE_IN == 0) {
                    into.saturating_record(now - due_at(late));
                }
                break;
            }
            let held = self.map.hold();
            read = read.wrapping_add(Self::some(&held, work, &mut draw, 1));
            if operation % ONE_IN == 0 {
                into.saturating_record(ordered(clock).saturating_sub(due).max(1));
            }
        }
        std::hint::black_box(read);
    }
}
