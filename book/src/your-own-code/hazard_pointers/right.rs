//! A stack whose nodes are freed under hazard pointers (Michael, 2004), on Treiber's stack.
//!
//! The nodes lie in an array and their numbers stand for pointers, so that a node freed too early
//! is a data race that is reported, and no access to memory that is gone.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicUsize, fence};

/// The number of no node.
const NULL: usize = 0;
/// What stands in a node that is free.
const FREED: u64 = 999;

pub struct Node {
    value: UnsafeCell<u64>,
    next: UnsafeCell<usize>,
}

pub struct Stack {
    top: AtomicUsize,
    hazards: [AtomicUsize; 2],
    nodes: [Node; 3],
}

racelab::fields!(Node { value: left | right, next: left | right });
racelab::fields!(Stack { top: left | right, hazards: left | right, nodes: left | right });

impl Stack {
    /// A stack of 1 on 2.
    pub fn new() -> Stack {
        let node = |of, next| Node { value: UnsafeCell::new(of), next: UnsafeCell::new(next) };
        Stack {
            top: AtomicUsize::new(1),
            hazards: [AtomicUsize::new(NULL), AtomicUsize::new(NULL)],
            nodes: [node(0, NULL), node(1, 2), node(2, NULL)],
        }
    }

    /// Takes the uppermost value. `thread` is the caller's number.
    pub fn pop(&self, thread: usize) -> Option<u64> {
        let node = loop {
            let node = self.top.load(Acquire);
            if node == NULL {
                return None;
            }
            self.hazards[thread].store(node, Release);
            fence(SeqCst);
            if self.top.load(Acquire) != node {
                continue;
            }
            // Safety: it was on the stack after the hazard was up, so nobody frees it.
            let next = self.nodes[node].next.with(|next| unsafe { *next });
            if self.top.compare_exchange(node, next, AcqRel, Relaxed).is_ok() {
                break node;
            }
        };
        // Safety: whoever took the node from the stack is the one to free it.
        let value = self.nodes[node].value.with(|value| unsafe { *value });
        self.hazards[thread].store(NULL, Release);
        self.retire(node);
        Some(value)
    }

    /// Frees a node that is no longer on the stack, unless somebody still looks at it: a whole
    /// program keeps it for the next attempt.
    fn retire(&self, node: usize) {
        fence(SeqCst);
        if self.hazards.iter().any(|hazard| hazard.load(Acquire) == node) {
            return;
        }
        // Safety: it is not on the stack, and it is nobody's hazard.
        self.nodes[node].value.with_mut(|value| unsafe { *value = FREED });
        self.nodes[node].next.with_mut(|next| unsafe { *next = NULL });
    }
}
