//! What it should do if nobody is refused without a reason: under sequential consistency it is so.

use std::collections::VecDeque;

use super::source::Ring;

racelab::specification! {
    |ring: Ring = Ring::new(), plain: VecDeque<u64> = VecDeque::new(), seen|
    push(value in FRESH) by producer => ring.push(value), {
        let free = plain.len() < 2;
        if free {
            plain.push_back(value);
        }
        free
    };
    pop() by consumer => ring.pop(), plain.pop_front(), last;
}
