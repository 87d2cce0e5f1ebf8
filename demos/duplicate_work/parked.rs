//! A cache that computes what it does not have once, and whose waiters sleep until they are woken.

use super::rt::sync::{Condvar, Mutex, MutexGuard};

/// A slot for each of the keys 0 to 7.
pub struct Cache {
    slots: [Slot; 8],
}

/// The result for a key, and where those sleep who wait for it.
pub struct Slot {
    state: Mutex<State>,
    changed: Condvar,
}

racelab::fields!(Cache { slots: caller | other });
racelab::fields!(Slot { state: caller | other, changed: caller | other });

#[derive(Clone, Copy)]
enum State {
    Missing,
    Computing,
    Ready(u64),
}

impl Cache {
    pub fn new() -> Cache {
        let slot = |_| Slot { state: Mutex::new(State::Missing), changed: Condvar::new() };
        Cache { slots: std::array::from_fn(slot) }
    }

    /// The result for a key, computed if it is not there; `None` if computing it failed.
    pub fn get_or_compute(&self, key: u64, compute: impl FnOnce() -> Option<u64>) -> Option<u64> {
        let slot = &self.slots[key as usize];
        let mut state = slot.state();
        loop {
            match *state {
                State::Ready(value) => return Some(value),
                State::Missing => break,
                // Looks again when woken: another may have been faster, or the work failed.
                State::Computing => state = slot.changed.wait(state).unwrap(),
            }
        }
        *state = State::Computing;
        drop(state);
        // No lock is held during the work.
        let mut turn = Turn { slot, then: State::Missing };
        let value = compute()?;
        turn.then = State::Ready(value);
        Some(value)
    }
}

impl Slot {
    #[track_caller]
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

/// Whoever computes has this. It ends with the work, by a panic as well, and wakes all who wait.
struct Turn<'a> {
    slot: &'a Slot,
    then: State,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.slot.state() = self.then;
        self.slot.changed.notify_all();
    }
}
