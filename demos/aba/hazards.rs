//! A set whose writers and reader announce the snapshot that they use, and nobody fills such a one.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize, fence};

/// Announced by whoever uses no snapshot.
const NONE: usize = usize::MAX;
/// The place in which the reader announces; the writers' are 0 and 1.
const READER: usize = 2;

/// Snapshots, which do not change while they are current or announced, and the number of the
/// current one. A snapshot has a bit for each key.
pub struct Set {
    current: AtomicUsize,
    snapshots: [AtomicU64; 7],
    announced: [AtomicUsize; 3],
}

/// A writer, and the snapshots that are its own: one more than the two others can announce.
pub struct Writer {
    number: usize,
    spares: [usize; 3],
}

racelab::fields!(Set {
    current: writer | rival -> reader, snapshots: writer | rival -> reader,
    announced: writer | rival | reader
});

impl Set {
    pub fn new() -> Set {
        let (snapshots, announced) = ([0; 7].map(AtomicU64::new), [NONE; 3].map(AtomicUsize::new));
        Set { current: AtomicUsize::new(0), snapshots, announced }
    }

    /// The writer 0 or 1. Each thread that inserts is another one.
    pub fn writer(&self, number: usize) -> Writer {
        let first = 3 * number + 1;
        Writer { number, spares: [first, first + 1, first + 2] }
    }

    /// Adds a key.
    pub fn insert(&self, writer: &mut Writer, key: u32) {
        loop {
            let seen = self.announce(writer.number);
            let keys = self.snapshots[seen].load(Relaxed);
            let place = self.unused(writer);
            let spare = writer.spares[place];
            self.snapshots[spare].store(keys | 1 << key, Relaxed);
            // The number comes again only for a snapshot that nobody had announced.
            let exchanged = self.current.compare_exchange(seen, spare, Release, Relaxed);
            self.done(writer.number);
            if exchanged.is_ok() {
                writer.spares[place] = seen;
                return;
            }
        }
    }

    /// Whether a key is there. There is one reader.
    pub fn contains(&self, key: u32) -> bool {
        let current = self.announce(READER);
        let keys = self.snapshots[current].load(Relaxed);
        self.done(READER);
        keys >> key & 1 == 1
    }

    /// Announces the current snapshot, which is current after that.
    fn announce(&self, place: usize) -> usize {
        loop {
            let current = self.current.load(Relaxed);
            self.announced[place].store(current, Release);
            // Pairs with the fence in `unused`.
            fence(SeqCst);
            // Pairs with the exchange in `insert`: whoever sees the number sees the keys.
            if self.current.load(Acquire) == current {
                return current;
            }
        }
    }

    fn done(&self, place: usize) {
        // Pairs with the loads in `unused`.
        self.announced[place].store(NONE, Release);
    }

    /// A spare that nobody has announced, by its place.
    fn unused(&self, writer: &Writer) -> usize {
        // Pairs with the fence in `announce`: it is seen here, or there that another is current.
        fence(SeqCst);
        let others = (0..3).filter(|place| *place != writer.number);
        let used: Vec<usize> = others.map(|place| self.announced[place].load(Acquire)).collect();
        writer.spares.iter().position(|spare| !used.contains(spare)).expect("one more than others")
    }
}
