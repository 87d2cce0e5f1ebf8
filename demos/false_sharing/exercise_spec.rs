//! What a ring should do: what was put in comes out, in order. Each end knows the other's past, and may
//! find no room, or nothing, while the other works.

use std::collections::VecDeque;

use super::source::Ring;

racelab::specification! {
    |ring: Ring = Ring::new(), plain: VecDeque<u64> = VecDeque::new(), seen|
    put(number in FRESH) by producer => ring.put(number), {
        let free = plain.len() < 4;
        if free {
            plain.push_back(number);
        }
        free
    }, or refused;
    take() by consumer => ring.take(), plain.pop_front(), last, or refused;
}
