//! What a cinema should do: each seat is sold once, to the one who asks first.

use super::source::Cinema;

const SEATS: &[u64] = &[1, 2];

racelab::specification! {
    |cinema: Cinema = Cinema::new(), plain: u64 = 0, seen|
    sell(seat in SEATS) => cinema.sell(seat as u32), {
        let free = *plain >> seat & 1 == 0;
        *plain |= 1 << seat;
        free
    };
    count() => cinema.count(), plain.count_ones(), only last;
}
