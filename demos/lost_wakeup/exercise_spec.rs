//! What a kitchen should do: each dish is cooked once, and all who order it get that one.

use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
use super::source::Kitchen;

/// A kitchen, and how often each dish was cooked.
pub struct Counted {
    kitchen: Kitchen,
    cooked: [AtomicU64; 2],
}

racelab::fields!(Counted { kitchen: any, cooked: any });

const DISHES: &[u64] = &[0, 1];

impl Counted {
    fn new() -> Counted {
        Counted { kitchen: Kitchen::new(), cooked: [0; 2].map(AtomicU64::new) }
    }

    fn dish(&self, number: u64) -> u64 {
        let number = number as usize;
        self.kitchen.dish(number, || self.cooked[number].fetch_add(1, Relaxed) + 1)
    }
}

racelab::specification! {
    |counted: Counted = Counted::new(), plain: [u64; 2] = [0, 0], seen|
    dish(number in DISHES) => counted.dish(number), {
        // The first who orders it cooks.
        let cooked = &mut plain[number as usize];
        *cooked = 1;
        *cooked
    }, last;
}
