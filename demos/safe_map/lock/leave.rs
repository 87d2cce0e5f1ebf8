//! The ways out, each of which wakes those who wait.

use super::super::rt::sync::atomic::Ordering::{Relaxed, Release};
use super::bias::Looks;
use super::lobby::Slot;
use super::thread_number::own_number;
use super::{BIASED, FREE, Lobby, Lock, READER, Way};

impl<T> Lock<T> {
    /// Leaves as a reader.
    #[inline]
    pub(super) fn leave(&self, way: &Way<'_>, lobby: &Lobby) {
        match *way {
            Way::Alone => {
                let state = if self.is_handed_around(lobby) { BIASED } else { FREE };
                self.leave_alone(state, lobby);
            }
            Way::Counted => {
                // Release pairs with the writer that finds the last reader gone.
                self.state.fetch_sub(READER, Release);
                self.wake(lobby);
            }
            Way::Slot(slot) => self.leave_slot(slot, lobby),
        }
    }

    /// Leaves as a writer.
    #[inline]
    pub(super) fn leave_written(&self, lobby: &Lobby) {
        // Safety: this thread is alone here.
        self.looks.with_mut(|looks| unsafe { *looks = Looks::since_write(own_number()) });
        self.leave_alone(FREE, lobby);
    }

    #[inline]
    pub(super) fn leave_alone(&self, state: u32, lobby: &Lobby) {
        // A store is enough, for while one is alone nobody else changes the word. Release pairs with
        // whoever comes in next, in any way.
        self.state.store(state, Release);
        self.wake(lobby);
    }

    #[inline]
    pub(super) fn leave_slot(&self, slot: &Slot, lobby: &Lobby) {
        // Release pairs with the read-modify-write in `revoke`.
        slot.number.store(0, Release);
        self.wake(lobby);
    }

    /// Wakes those who wait, if it sees any. No fence keeps this load behind the store before it, so
    /// it may miss one who has just come to park: that one parks for a millisecond at most. A fence
    /// would cost each call as much as a second read-modify-write.
    #[inline]
    pub(super) fn wake(&self, lobby: &Lobby) {
        if self.parked.load(Relaxed) != 0 {
            lobby.wake();
        }
    }
}
