//! The way in by a slot, and how a writer takes a bias back.

use super::super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use super::lobby::Slot;
use super::thread_number::own_number;
use super::{BIASED, Lobby, Lock};

impl<T> Lock<T> {
    /// A slot of the lobby, if this thread's is free and the lock is still biased.
    #[inline]
    pub(super) fn slot<'a>(&self, lobby: &'a Lobby) -> Option<&'a Slot> {
        let slot = lobby.own_slot();
        // A read-modify-write, as in `revoke`, so one of the two comes first. If this one, a writer
        // finds the reader in its slot. If not, Acquire pairs with the writer's, and the load below
        // sees that the bias is gone.
        slot.number.compare_exchange(0, self.number, Acquire, Relaxed).ok()?;
        // Acquire pairs with the store in `leave` that made it biased.
        if self.state.load(Acquire) & BIASED != 0 {
            return Some(slot);
        }
        self.leave_slot(slot, lobby);
        None
    }

    /// Waits until no reader is in a slot. The lock is no longer biased, so none comes.
    pub(super) fn revoke(&self, lobby: &Lobby) {
        for slot in lobby.slots() {
            // Release pairs with the compare-and-swap in `slot`, for readers who come later; Acquire
            // with the store in `leave_slot`, for the one who was here.
            let is_here = || slot.number.fetch_add(0, AcqRel) == self.number;
            if is_here() {
                self.wait(lobby, |_| (!is_here()).then_some(()));
            }
        }
    }

    /// Counts a look, by whoever is alone here. Whether the lock goes from one looker to another so
    /// often, in proportion to the slots, that a writer's looking into all of them is paid for.
    #[inline]
    pub(super) fn is_handed_around(&self, lobby: &Lobby) -> bool {
        let own = own_number() as u16;
        // Safety: this thread is alone here.
        let looks = self.looks.with(|looks| unsafe { *looks });
        looks != Looks::of(own) && self.is_handed_on(own, lobby)
    }

    /// The same, where the lock has been handed on lately, or is now.
    // As a function of its own it leaves the way of most looks short.
    #[inline(never)]
    fn is_handed_on(&self, own: u16, lobby: &Lobby) -> bool {
        self.looks.with_mut(|looks| {
            // Safety: this thread is alone here.
            let looks = unsafe { &mut *looks };
            let stays = looks.by == own;
            let halves = looks.halves;
            let halves = if stays { halves.saturating_sub(1) } else { halves.saturating_add(2) };
            *looks = Looks { by: own, halves };
            !stays && halves >= lobby.many()
        })
    }
}

/// The looks at a lock since the last write.
///
/// Aligned as the word that it is compared as.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(4))]
pub(super) struct Looks {
    /// The number of the thread that looked last, or wrote: its lower half. Where two threads share
    /// it, a lock is taken for one that stays where it is, and is biased later.
    by: u16,
    /// How often it was handed on, in halves: a look by another thread than the one before is one more,
    /// and each by the same takes half of one back. So where two threads look as it comes it grows,
    /// and of a thread that is alone for long it is 0.
    halves: u16,
}

impl Looks {
    /// None yet.
    pub(super) const NONE: Looks = Looks { by: u16::MAX, halves: 0 };

    /// None since this thread has written: nobody hands its own lock around.
    #[inline]
    pub(super) fn since_write(thread: usize) -> Looks {
        Looks::of(thread as u16)
    }

    /// By one thread alone, however many.
    #[inline]
    fn of(thread: u16) -> Looks {
        Looks { by: thread, halves: 0 }
    }
}
