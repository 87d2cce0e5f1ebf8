//! What a swimming hall should do: whoever swims feels the basin that is open while they swim, and
//! one is filled in the end. The next basin may be felt a little early.

use super::source::{DRAINED, Hall};

racelab::specification! {
    |hall: Hall = Hall::new(70), plain: u64 = 70, seen|
    change(warmth in FRESH) by attendant => hall.change(warmth), *plain = warmth;
    swim() by swimmer => {
        let basin = hall.go_in();
        let warmth = hall.feel(basin);
        hall.go_out(basin);
        warmth
    }, *plain, last, weakly;
    filled() => [0, 1].iter().filter(|basin| hall.feel(**basin) != DRAINED).count(), 1, only last;
}
