//! A kitchen that is locked while a dish is cooked.

use super::rt::sync::{Condvar, Mutex, MutexGuard};

/// A pot for each of two dishes, and where those that wait for one sleep.
pub struct Kitchen {
    pots: Mutex<[Pot; 2]>,
    ready: Condvar,
}

#[derive(Clone, Copy)]
enum Pot {
    Cold,
    Cooking,
    Ready(u64),
}

racelab::fields!(Kitchen { pots: guest | other | third, ready: guest | other | third });

impl Kitchen {
    pub fn new() -> Kitchen {
        Kitchen { pots: Mutex::new([Pot::Cold; 2]), ready: Condvar::new() }
    }

    /// A dish, 0 or 1: cooked once, by whoever comes first.
    pub fn dish(&self, number: usize, cook: impl FnOnce() -> u64) -> u64 {
        let mut pots = self.pots();
        if let Pot::Ready(dish) = pots[number] {
            return dish;
        }
        pots[number] = Pot::Cooking;
        let dish = cook();
        pots[number] = Pot::Ready(dish);
        self.ready.notify_all();
        dish
    }

    #[track_caller]
    fn pots(&self) -> MutexGuard<'_, [Pot; 2]> {
        self.pots.lock().unwrap()
    }
}
