//! A kitchen: whoever orders a dish first cooks it, and the others sleep until it is ready.

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

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Kitchen { pots: guest | other | third, ready: guest | other | third });

impl Kitchen {
    pub fn new() -> Kitchen {
        Kitchen { pots: Mutex::new([Pot::Cold; 2]), ready: Condvar::new() }
    }

    /// A dish, 0 or 1: cooked once, by whoever comes first.
    // TODO: whoever waits must be woken when the dish is ready, and must sleep until then. Nobody
    // holds the lock while cooking: the cook may need the other dish. You may change anything but
    // the signatures.
    pub fn dish(&self, number: usize, cook: impl FnOnce() -> u64) -> u64 {
        loop {
            let mut pots = self.pots();
            match pots[number] {
                Pot::Ready(dish) => return dish,
                Pot::Cold => {
                    pots[number] = Pot::Cooking;
                    break;
                }
                Pot::Cooking => drop(pots),
            }
            let pots = self.pots();
            drop(self.ready.wait(pots).unwrap());
        }
        let dish = cook();
        self.pots()[number] = Pot::Ready(dish);
        self.ready.notify_one();
        dish
    }

    #[track_caller]
    fn pots(&self) -> MutexGuard<'_, [Pot; 2]> {
        self.pots.lock().unwrap()
    }
}
