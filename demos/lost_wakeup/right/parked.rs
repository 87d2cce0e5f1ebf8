//! A kitchen whose guests park: whoever cooks has a list of them.

use super::rt::sync::{Mutex, MutexGuard};
use super::rt::thread::{self, Thread};

/// A pot for each of two dishes, and where those that wait for one sleep.
pub struct Kitchen {
    pots: Mutex<[Pot; 2]>,
    waiting: Mutex<Vec<Thread>>,
}

#[derive(Clone, Copy)]
enum Pot {
    Cold,
    Cooking,
    Ready(u64),
}

racelab::fields!(Kitchen { pots: guest | other | third, waiting: guest | other | third });

impl Kitchen {
    pub fn new() -> Kitchen {
        Kitchen { pots: Mutex::new([Pot::Cold; 2]), waiting: Mutex::new(Vec::new()) }
    }

    /// A dish, 0 or 1: cooked once, by whoever comes first.
    pub fn dish(&self, number: usize, cook: impl FnOnce() -> u64) -> u64 {
        loop {
            let mut pots = self.pots();
            match pots[number] {
                Pot::Ready(dish) => return dish,
                Pot::Cold => {
                    pots[number] = Pot::Cooking;
                    break;
                }
                Pot::Cooking => {
                    self.waiting.lock().unwrap().push(thread::current());
                    drop(pots);
                    thread::park();
                }
            }
        }
        let dish = cook();
        let mut pots = self.pots();
        pots[number] = Pot::Ready(dish);
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        drop(pots);
        waiting.iter().for_each(Thread::unpark);
        dish
    }

    #[track_caller]
    fn pots(&self) -> MutexGuard<'_, [Pot; 2]> {
        self.pots.lock().unwrap()
    }
}
