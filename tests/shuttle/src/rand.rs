//! What a program takes by chance. Nothing explores it here: each thread of each execution takes the
//! same numbers, so that the executions of a program are what its threads make of them.

use std::cell::RefCell;

pub use rand::{Rng, RngCore};

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::execution;

loom::thread_local! {
    static NUMBERS: RefCell<StdRng> =
        RefCell::new(StdRng::seed_from_u64(execution::number() as u64));
}

/// The numbers of the thread that runs.
#[derive(Clone, Copy, Debug)]
pub struct ThreadRng;

/// The numbers of the thread that runs.
pub fn thread_rng() -> ThreadRng {
    ThreadRng
}

impl RngCore for ThreadRng {
    fn next_u32(&mut self) -> u32 {
        NUMBERS.with(|numbers| numbers.borrow_mut().next_u32())
    }

    fn next_u64(&mut self) -> u64 {
        NUMBERS.with(|numbers| numbers.borrow_mut().next_u64())
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        NUMBERS.with(|numbers| numbers.borrow_mut().fill_bytes(bytes));
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}
