//! A stack of nodes, each pushed by one exchange of the top (Treiber 1986).

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// A node is a place in an arena that is not used again; 0 is none.
pub struct Stack {
    top: AtomicU64,
    used: AtomicU64,
    size: AtomicU64,
    nexts: [AtomicU64; 12],
    values: [AtomicU64; 12],
}

racelab::fields!(Stack { top: any, used: any, size: any, nexts: any, values: any });

impl Stack {
    pub fn new() -> Stack {
        let none = || std::array::from_fn(|_| AtomicU64::new(0));
        Stack {
            top: AtomicU64::new(0),
            used: AtomicU64::new(0),
            size: AtomicU64::new(0),
            nexts: none(),
            values: none(),
        }
    }

    pub fn push(&self, value: u64) {
        let node = self.used.fetch_add(1, Relaxed) + 1;
        self.values[node as usize].store(value, Relaxed);
        loop {
            let top = self.top.load(Relaxed);
            self.nexts[node as usize].store(top, Relaxed);
            if self.top.compare_exchange(top, node, Release, Relaxed).is_ok() {
                break;
            }
        }
        self.size.fetch_add(1, Relaxed);
    }

    pub fn pop(&self) -> Option<u64> {
        loop {
            let top = self.top.load(Acquire);
            if top == 0 {
                return None;
            }
            let next = self.nexts[top as usize].load(Relaxed);
            if self.top.compare_exchange(top, next, Acquire, Relaxed).is_ok() {
                self.size.fetch_sub(1, Relaxed);
                return Some(self.values[top as usize].load(Relaxed));
            }
        }
    }

    pub fn len(&self) -> u64 {
        self.size.load(Relaxed)
    }
}
