//! The same, where whoever meets another may find the queue full, or empty.

use std::collections::VecDeque;

use super::source::Queue;

racelab::specification! {
    |queue: Queue = Queue::new(), plain: VecDeque<u64> = VecDeque::new(), seen|
    push(value in FRESH) => queue.push(value), {
        let free = plain.len() < 2;
        if free {
            plain.push_back(value);
        }
        free
    }, or refused;
    pop() => queue.pop(), plain.pop_front(), last, or refused;
}
