//! What a queue of two slots should do.

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
    };
    pop() => queue.pop(), plain.pop_front(), last;
}
