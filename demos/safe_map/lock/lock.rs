//! A readers-writer lock for a few nanoseconds of work: cheap when alone, open wide when it is read.

mod bias;
mod guards;
mod leave;
mod lobby;
mod thread_number;

use std::marker::PhantomData;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::ptr::NonNull;

use super::rt::cell::UnsafeCell;
use super::rt::hint::spin_loop;
use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed};

use bias::Looks;
pub use guards::{Reader, Writer};
use lobby::Slot;
pub use lobby::{Lobby, Tuning};
// For whoever shares out other places by thread.
#[allow(unused_imports)]
pub use thread_number::own_number;

/// A value that many threads may read at once or one thread may write.
///
/// There are three ways in:
/// * **alone**: a compare-and-swap, and a plain store to leave. A writer holds the lock so, and so
///   does a short look when nobody else is there: to leave by another read-modify-write would cost
///   as much again as to come in.
/// * **counted**: each reader adds itself to the word and takes itself off again, as in most
///   readers-writer locks. Readers that may take long come in so, beside each other.
/// * **by a slot**: once short looks have gone from one thread to another often enough since the last
///   write, the lock is *biased* towards readers (BRAVO: Dice and Kogan, USENIX ATC 2019). A reader
///   then writes to a place of its own in the [`Lobby`], and only reads the lock's word, so readers
///   do not hand its cache line around. A writer revokes the bias first: it looks into every slot,
///   once.
///
/// Who cannot come in spins a moment and then parks. Nothing is poisoned: what a panic leaves in the
/// value is the business of whoever wrote to it.
pub struct Lock<T> {
    /// [`FREE`], [`ALONE`], or readers: [`READER`] for each that is counted, with or without
    /// [`BIASED`] and [`WAITED_FOR`].
    state: AtomicU32,
    /// How many threads are parked because of this lock, or are about to be.
    parked: AtomicU32,
    /// The looks since the last write. Guarded: only who is alone touches them.
    looks: UnsafeCell<Looks>,
    /// What readers leave in their slots: not 0, and no other lock's of the same lobby.
    number: u32,
    value: UnsafeCell<T>,
    /// Takes away what the cells would promise: see the two lines below.
    guarded: PhantomData<*const T>,
}

// Safety: whoever has the lock has the value, so it goes from one thread to the next.
unsafe impl<T: Send> Send for Lock<T> {}
// Safety: as above, and several readers have it at the same time, hence `T: Sync`.
unsafe impl<T: Send + Sync> Sync for Lock<T> {}

// As the locks of std, but for their poison: a panic leaves no lock shut.
impl<T> UnwindSafe for Lock<T> {}
impl<T> RefUnwindSafe for Lock<T> {}

racelab::fields!(Lock<T> {
    state: any_thread, parked: any_thread, looks: any_thread, number: nobody -> any_thread,
    value: any_thread, guarded: nobody
});

/// Nobody is here.
const FREE: u32 = 0;
/// A writer is here, or a reader that wants no company.
const ALONE: u32 = 1;
/// Readers may be in slots of the lobby.
const BIASED: u32 = 2;
/// A writer waits for the counted readers to leave: no more are counted in.
const WAITED_FOR: u32 = 4;
/// One reader that is counted.
const READER: u32 = 8;

/// How a reader came in, and so how it leaves.
enum Way<'a> {
    Alone,
    Counted,
    Slot(&'a Slot),
}

impl<T> Lock<T> {
    /// An open lock. `number` is above 0, and another for each lock that shares a lobby.
    pub fn new(number: u32, value: T) -> Self {
        Lock {
            state: AtomicU32::new(FREE),
            parked: AtomicU32::new(0),
            looks: UnsafeCell::new(Looks::NONE),
            number,
            value: UnsafeCell::new(value),
            guarded: PhantomData,
        }
    }

    /// Locks for a short look: alone where nobody else is, else beside other readers.
    #[inline]
    pub fn look<'a>(&'a self, lobby: &'a Lobby) -> Reader<'a, T> {
        self.look_telling(lobby, || ())
    }

    /// As [`look`](Lock::look), and calls `met` if it has met somebody.
    // A call costs as much as the rest of it, and hides the next look from a processor that waits.
    #[inline(always)]
    pub fn look_telling<'a>(&'a self, lobby: &'a Lobby, met: impl FnOnce()) -> Reader<'a, T> {
        let state = self.state.load(Relaxed);
        if state == FREE && self.take(FREE) {
            return self.reader(lobby, Way::Alone);
        }
        if state & BIASED != 0
            && let Some(slot) = self.slot(lobby)
        {
            return self.reader(lobby, Way::Slot(slot));
        }
        self.look_beside(state, lobby, met)
    }

    /// A look that found the lock in this state and has no slot, or did not get it when it was free.
    #[inline(never)]
    fn look_beside<'a>(
        &'a self,
        state: u32,
        lobby: &'a Lobby,
        met: impl FnOnce(),
    ) -> Reader<'a, T> {
        let way = if state == FREE { None } else { self.count_in(state) };
        let way = way.unwrap_or_else(|| {
            met();
            self.come_in_beside(lobby)
        });
        self.reader(lobby, way)
    }

    /// Locks for reading, beside other readers, for as long as it takes.
    #[inline]
    pub fn read<'a>(&'a self, lobby: &'a Lobby) -> Reader<'a, T> {
        self.read_telling(lobby, || ())
    }

    /// As [`read`](Lock::read), and calls `met` if it has met somebody.
    #[inline]
    pub fn read_telling<'a>(&'a self, lobby: &'a Lobby, met: impl FnOnce()) -> Reader<'a, T> {
        let come_in = |state| self.come_in(state, lobby);
        let way = come_in(self.state.load(Relaxed)).unwrap_or_else(|| {
            met();
            self.wait(lobby, come_in)
        });
        self.reader(lobby, way)
    }

    /// Locks for writing, alone.
    #[inline]
    pub fn write<'a>(&'a self, lobby: &'a Lobby) -> Writer<'a, T> {
        self.write_telling(lobby, || ())
    }

    /// As [`write`](Lock::write), and calls `met` if it has met somebody, or a bias.
    #[inline]
    pub fn write_telling<'a>(&'a self, lobby: &'a Lobby, met: impl FnOnce()) -> Writer<'a, T> {
        if !self.take(FREE) {
            met();
            self.take_from_readers(lobby);
        }
        let value = self.value.with_mut(|value| NonNull::new(value).expect("a cell is somewhere"));
        Writer { lock: self, lobby, value }
    }

    /// Takes the lock for one thread alone.
    #[inline]
    fn take(&self, from: u32) -> bool {
        // Acquire pairs with every way to leave: what the last one did to the value is done.
        self.state.compare_exchange(from, ALONE, Acquire, Relaxed).is_ok()
    }

    /// Comes in beside other readers, unless a writer is here or waits for them to leave.
    #[inline]
    fn come_in<'a>(&'a self, state: u32, lobby: &'a Lobby) -> Option<Way<'a>> {
        if state & BIASED != 0
            && let Some(slot) = self.slot(lobby)
        {
            return Some(Way::Slot(slot));
        }
        self.count_in(state)
    }

    /// Is counted in, unless a writer is here or waits for the readers to leave.
    #[inline]
    fn count_in<'a>(&self, state: u32) -> Option<Way<'a>> {
        if state & (ALONE | WAITED_FOR) != 0 {
            return None;
        }
        // Acquire pairs with how the last writer left, through all who were counted since.
        let counted = self.state.compare_exchange(state, state + READER, Acquire, Relaxed);
        counted.is_ok().then_some(Way::Counted)
    }

    /// What is left to a short look that has met somebody.
    #[cold]
    fn come_in_beside<'a>(&'a self, lobby: &'a Lobby) -> Way<'a> {
        self.wait(lobby, |state| match state {
            FREE => self.take(FREE).then_some(Way::Alone),
            state => self.come_in(state, lobby),
        })
    }

    /// A writer's second way in: it waits for the readers.
    #[cold]
    fn take_from_readers(&self, lobby: &Lobby) {
        let before = self.wait(lobby, |state| {
            if state & !(BIASED | WAITED_FOR) == FREE {
                return self.take(state).then_some(state);
            }
            if state & (ALONE | WAITED_FOR) == 0 {
                // It orders nothing: it only keeps further readers out.
                let _ = self.state.compare_exchange(state, state | WAITED_FOR, Relaxed, Relaxed);
            }
            None
        });
        if before & BIASED != 0 {
            self.revoke(lobby);
        }
    }

    #[inline]
    fn reader<'a>(&'a self, lobby: &'a Lobby, way: Way<'a>) -> Reader<'a, T> {
        let value = self.value.with(|value| NonNull::new(value.cast_mut()));
        Reader { lock: self, lobby, way, value: value.expect("a cell is somewhere") }
    }

    /// Attempts again and again, spinning first, and then parked until somebody leaves.
    #[cold]
    fn wait<R>(&self, lobby: &Lobby, attempt: impl Fn(u32) -> Option<R>) -> R {
        for _ in 0..lobby.tuning().spins {
            if let Some(result) = attempt(self.state.load(Relaxed)) {
                return result;
            }
            spin_loop();
        }
        lobby.park(&self.parked, || attempt(self.state.load(Relaxed)))
    }
}
