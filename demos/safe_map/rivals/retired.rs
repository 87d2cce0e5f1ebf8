//! What has been replaced while others may read it: gathered, and given back when they have left.

use super::super::rt::sync::{Mutex, MutexGuard};
use super::epochs::{Epochs, Inside};
use super::thread_number::own_number;

/// Lists of what was replaced: dropping a `T` gives it back, and is for nobody else to do.
///
/// One grace period is waited for a whole list. Each thread adds to a list of its own, as long as
/// there are no more threads than lists, so writers do not meet here.
pub(super) struct Retired<T> {
    epochs: Epochs,
    lists: Box<[List<T>]>,
    /// A list of this weight is given back.
    batch: usize,
    waiting: Mutex<()>,
}

racelab::fields!(Retired<T> {
    epochs: any_thread, lists: nobody -> any_thread, batch: nobody -> any_thread, waiting: any_thread
});

#[repr(align(128))]
struct List<T> {
    gathered: Mutex<Gathered<T>>,
}

racelab::fields!(List<T> { gathered: any_thread });

struct Gathered<T> {
    replaced: Vec<T>,
    weight: usize,
}

impl<T> Retired<T> {
    /// `slots` is a power of two: so many places for readers, and so many lists.
    pub(super) fn new(slots: usize, batch: usize) -> Self {
        let list = |_| List { gathered: Mutex::new(Gathered::default()) };
        let lists = (0..slots).map(list).collect();
        Retired { epochs: Epochs::new(slots), lists, batch, waiting: Mutex::new(()) }
    }

    /// Begins a call that reads, and perhaps replaces. Bind both in this order, and it has left when
    /// what it has replaced is given back.
    #[inline]
    pub(super) fn begin(&self) -> (After<'_, T>, Inside<'_>) {
        (After { retired: self, due: None }, self.epochs.enter())
    }

    /// Drops what is on the list, when nobody reads it any more. No lock is held then: to drop it may
    /// lead back here.
    fn give_back(&self, list: &List<T>) {
        let replaced = std::mem::take(&mut *list.gathered()).replaced;
        let turn = self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.epochs.wait();
        drop(turn);
        drop(replaced);
    }
}

impl<T> List<T> {
    #[track_caller]
    fn gathered(&self) -> MutexGuard<'_, Gathered<T>> {
        self.gathered.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered { replaced: Vec::new(), weight: 0 }
    }
}

/// What is to be done after a call.
pub(super) struct After<'r, T> {
    retired: &'r Retired<T>,
    due: Option<&'r List<T>>,
}

impl<T> After<'_, T> {
    /// Has this dropped when nobody reads it any more: after this call, at the soonest, and with the
    /// [`Retired`], at the latest. What is heavy in memory weighs more.
    #[track_caller]
    pub(super) fn retire(&mut self, replaced: T, weight: usize) {
        let Retired { lists, batch, .. } = self.retired;
        let list = &lists[own_number() & (lists.len() - 1)];
        let mut gathered = list.gathered();
        gathered.replaced.push(replaced);
        gathered.weight += weight;
        if gathered.weight >= *batch {
            self.due = Some(list);
        }
    }
}

impl<T> Drop for After<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(list) = self.due {
            self.retired.give_back(list);
        }
    }
}
