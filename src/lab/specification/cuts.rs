//! The orders in which the calls of one class can have run.
//!
//! Every order of the class's operations that keeps what happened before what is an execution of the
//! program with the same answers. So the orders of the ends of its calls that keep it are those that
//! interleavings of the class show, and no further execution is needed to know them.

use std::collections::HashSet;

use super::{Ends, History};

/// For each interleaving of a class, the calls that had answered before each call was made: each such
/// order once, those first in which the fewest calls are in order.
pub(super) fn orders(history: &History, ends: &Ends) -> Vec<Vec<u32>> {
    let threads = history.calls.iter().map(|called| called.thread + 1).max().unwrap_or(0);
    let calls = history.calls.iter().enumerate();
    let mut of = vec![Vec::new(); threads];
    calls.for_each(|(at, called)| of[called.thread].push(at));
    let mut search = Search { of, ends, seen: HashSet::new(), found: HashSet::new() };
    search.go(vec![0; threads], &mut vec![0; history.calls.len()]);
    let mut orders: Vec<Vec<u32>> = search.found.into_iter().collect();
    let pairs = |order: &Vec<u32>| order.iter().map(|set| set.count_ones()).sum::<u32>();
    orders.sort_by_cached_key(|order| (pairs(order), order.clone()));
    orders
}

struct Search<'a> {
    /// The calls of each thread.
    of: Vec<Vec<usize>>,
    ends: &'a Ends,
    seen: HashSet<(Vec<u8>, Vec<u32>)>,
    found: HashSet<Vec<u32>>,
}

impl Search<'_> {
    /// `at` says how many of the ends of its calls each thread has passed, `order` what had answered
    /// before each call that was made.
    fn go(&mut self, at: Vec<u8>, order: &mut Vec<u32>) {
        if !self.seen.insert((at.clone(), order.clone())) {
            return;
        }
        let (mut made, mut answered) = (0u32, 0u32);
        for (calls, passed) in self.of.iter().zip(&at) {
            for (index, call) in calls.iter().enumerate() {
                made |= ((*passed as usize > 2 * index) as u32) << call;
                answered |= ((*passed as usize > 2 * index + 1) as u32) << call;
            }
        }
        let mut over = true;
        for thread in 0..self.of.len() {
            let passed = at[thread] as usize;
            let Some(&call) = self.of[thread].get(passed / 2) else { continue };
            over = false;
            let mut next = at.clone();
            next[thread] += 1;
            let may_answer = || {
                let (first, last) = (self.ends.first_last[call], self.ends.last_last[call]);
                first & !(made | 1 << call) == 0 && last & !answered == 0
            };
            if passed % 2 == 1 {
                if may_answer() {
                    self.go(next, order);
                }
                continue;
            }
            let (first, last) = (self.ends.first_first[call], self.ends.last_first[call]);
            let single = self.ends.single >> call & 1 == 1;
            if first & !made != 0 || last & !answered != 0 || single && !may_answer() {
                continue;
            }
            next[thread] += single as u8;
            let before = std::mem::replace(&mut order[call], answered);
            self.go(next, order);
            order[call] = before;
        }
        if over {
            self.found.insert(order.clone());
        }
    }
}
