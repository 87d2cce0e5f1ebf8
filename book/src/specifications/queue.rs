//! What a queue of two slots for one producer and one consumer should do. Where the other works at
//! the same time, it may be found full, or empty, a little longer: each end knows the other's past.

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
    }, or refused;
    pop() by consumer => ring.pop(), plain.pop_front(), last, or refused;
}
