//! What a map allocates for an operation, how many bytes an entry takes, how it grows, and what
//! looking at all of it takes.

use std::time::Instant;

use racelab::explore::native::clock::Clock;
use serde::{Deserialize, Serialize};

use crate::allocations;
use crate::draw::{Draws, Spread};
use crate::keys::{Key, Value};
use crate::maps::Design;
use crate::mix::Mix;
use crate::plan::GROWTH;
use crate::reading::ordered;
use crate::seat::{Contestant, Work};

/// One map's use of memory, on one thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Which map.
    pub map: String,
    /// Bytes of the heap that an empty map has; absent, here and below, where nothing is counted.
    pub empty_bytes: Option<i64>,
    /// Bytes of the heap for each entry of a map with so many, growth included.
    pub entry_bytes: Option<f64>,
    /// Allocations of one read.
    pub read_allocations: Option<f64>,
    /// Allocations of one write.
    pub write_allocations: Option<f64>,
    /// Bytes that one write asks for.
    pub write_bytes: Option<f64>,
    /// How many entries it was filled with: fewer than asked for if the time was up.
    pub entries: usize,
    /// The slowest insert while it grew, in seconds.
    pub slowest_seconds: f64,
    /// How many keys there were then.
    pub slowest_at: usize,
    /// Seconds that counting all keys takes.
    #[serde(default)]
    pub len_seconds: f64,
    /// Nanoseconds for each entry to go through all of them.
    #[serde(default)]
    pub scan_ns: f64,
    /// Nanoseconds for each entry to copy all of them as they are at one moment; absent where the map
    /// cannot.
    #[serde(default)]
    pub copy_ns: Option<f64>,
    /// Its bytes and its room at each power of two.
    pub steps: Vec<Step>,
}

/// A map at one size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// So many keys.
    pub keys: usize,
    /// Bytes of the heap.
    pub bytes: Option<i64>,
    /// Room for so many entries, where the map says so.
    pub room: Option<usize>,
}

/// How many operations are counted.
const OPERATIONS: u64 = 1000;

/// Fills a new map of this design with `keys` keys, an insert at a time, and looks at it.
pub fn measure<K: Key, V: Value>(
    design: Design,
    pool: &K::Pool,
    keys: usize,
    bytes: usize,
) -> Memory {
    // What a thread needs once, whichever map it uses, is no map's.
    design.seat::<K, V>().insert(pool, 0, bytes);
    let (seat, empty) = allocations::of(|| design.seat::<K, V>());
    let empty_bytes = empty.map(|taken| taken.kept);
    let mut growth = Growth { seat: &*seat, kept: empty_bytes, slowest: (0, 0), steps: Vec::new() };
    let entries = growth.fill(pool, keys, bytes);
    let Growth { kept, slowest, steps, .. } = growth;
    let per = |of: i64, many: usize| of as f64 / many.max(1) as f64;
    let draws = Draws::new(entries.max(1), Spread::Uniform, 1);
    let count = |reads: u8, operations: u64| {
        let work = Work { pool, draws: &draws, mix: Mix::of_reads(reads), bytes };
        allocations::of(|| seat.operations(&work, 1, operations)).1
    };
    // A copy of a large map takes milliseconds: some writes of it tell as much as a thousand.
    let writes = if design.copies() { 10 } else { OPERATIONS };
    let (read, write) = (count(100, OPERATIONS), count(0, writes));
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    let len = seconds(|| seat.count());
    let scan = seconds(|| seat.scan());
    let copy = seat.copy().map(|_| seconds(|| seat.copy()));
    let each = |seconds: f64| seconds * 1e9 / entries.max(1) as f64;
    Memory {
        map: design.name().to_string(),
        empty_bytes,
        entry_bytes: kept.map(|kept| per(kept, entries)),
        read_allocations: read.map(|taken| share(taken.allocations, OPERATIONS)),
        write_allocations: write.map(|taken| share(taken.allocations, writes)),
        write_bytes: write.map(|taken| share(taken.bytes, writes)),
        entries,
        slowest_seconds: Clock::get().nanoseconds(slowest.0) / 1e9,
        slowest_at: slowest.1,
        len_seconds: len,
        scan_ns: each(scan),
        copy_ns: copy.map(each),
        steps,
    }
}

/// What this takes: the middle one of five times.
fn seconds<R>(work: impl Fn() -> R) -> f64 {
    let clock = Clock::get();
    let mut took: Vec<u64> = (0..5)
        .map(|_| {
            let before = ordered(clock);
            std::hint::black_box(work());
            ordered(clock).saturating_sub(before)
        })
        .collect();
    took.sort_unstable();
    clock.nanoseconds(took[2]) / 1e9
}

struct Growth<'g, K: Key, V: Value> {
    seat: &'g dyn Contestant<K, V>,
    kept: Option<i64>,
    /// Ticks, and the number of keys then.
    slowest: (u64, usize),
    steps: Vec<Step>,
}

impl<K: Key, V: Value> Growth<'_, K, V> {
    /// Inserts up to `keys` keys, until the time is up; how many there are then.
    fn fill(&mut self, pool: &K::Pool, keys: usize, bytes: usize) -> usize {
        let began = Instant::now();
        let mut filled = 0;
        while filled < keys && began.elapsed() < GROWTH {
            let next = (filled * 2).clamp(1, keys);
            let slowest = &mut self.slowest;
            let (reached, taken) = allocations::of(|| {
                let clock = Clock::get();
                for index in filled..next {
                    let before = clock.now();
                    self.seat.insert(pool, index, bytes);
                    let took = clock.now().saturating_sub(before);
                    *slowest = (*slowest).max((took, index));
                    // An insert that copies a large map takes as long as thousands of others.
                    if index % 64 == 63 && began.elapsed() >= GROWTH {
                        return index + 1;
                    }
                }
                next
            });
            self.kept = self.kept.zip(taken).map(|(kept, taken)| kept + taken.kept);
            filled = reached;
            if filled.is_power_of_two() || filled == keys {
                self.steps.push(Step { keys: filled, bytes: self.kept, room: self.seat.room() });
            }
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_takes_memory_for_its_entries() {
        for design in Design::ALL {
            let memory = measure::<u64, u64>(design, &(), 500, 8);
            assert_eq!(memory.entries, 500, "{}", design.name());
            assert!(memory.entry_bytes.is_some_and(|bytes| bytes >= 16.0), "{memory:?}");
            assert_eq!(memory.steps.last().map(|step| step.keys), Some(500));
            assert!(memory.slowest_seconds > 0.0 && memory.len_seconds > 0.0);
            assert!(memory.scan_ns > 0.0 && memory.copy_ns.is_none_or(|copy| copy > 0.0));
        }
    }

    #[test]
    fn what_copies_on_each_write_is_seen_to() {
        let memory = measure::<u64, u64>(Design::CopyOnWrite, &(), 500, 8);
        assert!(memory.write_bytes.is_some_and(|bytes| bytes > 500.0 * 16.0), "{memory:?}");
        let memory = measure::<u64, u64>(Design::SafeMap, &(), 500, 8);
        assert_eq!(memory.read_allocations, Some(0.0));
        // A table that is full grows before it looks whether the key is there: once for each shard.
        assert!(memory.write_allocations.is_some_and(|each| each < 0.1), "{memory:?}");
    }

    #[test]
    fn an_empty_map_of_ours_is_at_most_twice_as_large_as_dashmaps() {
        let empty = |design| measure::<u64, u64>(design, &(), 1, 8).empty_bytes.expect("counted");
        let (ours, dashmaps) = (empty(Design::SafeMap), empty(Design::Dashmap));
        // dashmap takes the larger of two lines everywhere.
        assert!(ours <= 2 * dashmaps, "{ours} bytes, and dashmap {dashmaps}");
    }

    /// `cargo test --release -p racelab-bench churn -- --ignored`: some seconds.
    #[test]
    #[ignore = "ten million operations"]
    fn churn_of_ten_million_operations_leaks_nothing() {
        let (settled, taken) = allocations::of(|| {
            let seat = Design::SafeMap.seat::<u64, Vec<u8>>();
            seat.fill(&(), 10_000, 32);
            let draws = Draws::new(20_000, Spread::Zipf, 1);
            let work = Work { pool: &(), draws: &draws, mix: Mix::of_reads(50), bytes: 32 };
            seat.operations(&work, 2, 10_000_000);
            seat.count()
        });
        assert!(settled >= 10_000, "{settled}");
        assert_eq!(taken.map(|taken| taken.kept), Some(0));
    }
}
