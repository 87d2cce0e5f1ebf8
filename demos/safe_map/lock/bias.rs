//! The way in by a slot, and how a writer takes a bias back.

use super::super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use super::lobby::Slot;
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

    /// Whether there were many looks since the last write: by so many, in proportion to the slots,
    /// that a writer's looking into all of them is paid for.
    pub(super) fn is_read_much(&self, lobby: &Lobby) -> bool {
        // Safety: this thread is alone here.
        let looks = self.looks.with(|looks| unsafe { *looks });
        looks >= u32::from(lobby.tuning().looks) * lobby.slots().len() as u32
    }
}
