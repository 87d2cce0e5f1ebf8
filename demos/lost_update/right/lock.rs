//! A cinema with a lock from the look at the seat to the sale.

use super::rt::sync::Mutex;

/// One bit a seat: 1 is sold.
pub struct Cinema {
    sold: Mutex<u64>,
}

racelab::fields!(Cinema { sold: counter | rival });

impl Cinema {
    pub fn new() -> Cinema {
        Cinema { sold: Mutex::new(0) }
    }

    /// Sells a seat, 0 to 63; whether it was free.
    pub fn sell(&self, seat: u32) -> bool {
        let mut sold = self.sold.lock().unwrap();
        let free = *sold >> seat & 1 == 0;
        *sold |= 1 << seat;
        free
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.lock().unwrap().count_ones()
    }
}
