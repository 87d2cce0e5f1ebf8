//! What both maps of [`TwoMaps`](super::TwoMaps) share: a key's value, or what became of it.

use super::super::rt::sync::{Mutex, MutexGuard};

/// The place of one key's value.
pub(super) struct Entry<V> {
    state: Mutex<State<V>>,
}

enum State<V> {
    Present(V),
    /// Removed; the locked map has this entry or does not exist.
    Removed,
    /// Removed, and left out when the locked map was made: a value stored now would be lost with
    /// the next promotion.
    Expunged,
}

impl<V> Entry<V> {
    pub(super) fn new(value: V) -> Self {
        Entry { state: Mutex::new(State::Present(value)) }
    }

    /// Stores a value and returns the old one; gives it back if the entry is expunged.
    pub(super) fn replace(&self, value: V) -> Result<Option<V>, V> {
        let mut state = self.state();
        if let State::Expunged = *state {
            return Err(value);
        }
        Ok(present(std::mem::replace(&mut *state, State::Present(value))))
    }

    /// Removes the value and returns it.
    pub(super) fn take(&self) -> Option<V> {
        let mut state = self.state();
        match *state {
            State::Present(_) => present(std::mem::replace(&mut *state, State::Removed)),
            State::Removed | State::Expunged => None,
        }
    }

    /// A clone of the value.
    pub(super) fn get(&self) -> Option<V>
    where
        V: Clone,
    {
        match &*self.state() {
            State::Present(value) => Some(value.clone()),
            State::Removed | State::Expunged => None,
        }
    }

    /// Calls `see` with the value, if there is one.
    pub(super) fn with(&self, see: impl FnOnce(&V)) {
        if let State::Present(value) = &*self.state() {
            see(value);
        }
    }

    pub(super) fn is_present(&self) -> bool {
        matches!(*self.state(), State::Present(_))
    }

    /// Expunges the entry if it has no value; says whether it is expunged now.
    pub(super) fn expunge(&self) -> bool {
        let mut state = self.state();
        if let State::Removed = *state {
            *state = State::Expunged;
        }
        matches!(*state, State::Expunged)
    }

    /// Undoes `expunge`; says whether there was anything to undo.
    pub(super) fn revive(&self) -> bool {
        let mut state = self.state();
        let expunged = matches!(*state, State::Expunged);
        if expunged {
            *state = State::Removed;
        }
        expunged
    }

    #[track_caller]
    fn state(&self) -> MutexGuard<'_, State<V>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn present<V>(state: State<V>) -> Option<V> {
    match state {
        State::Present(value) => Some(value),
        State::Removed | State::Expunged => None,
    }
}
