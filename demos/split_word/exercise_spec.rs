//! What a board of gauges should do: a gauge shows a reading that was set.

use super::source::Board;

const GAUGES: &[u64] = &[5];

racelab::specification! {
    |board: Board = Board::new(), plain: u64 = 0, seen|
    set(gauge in GAUGES, reading in FRESH) by sensor
        => board.set(gauge as usize, reading << 32 | reading), *plain = reading << 32 | reading;
    show(gauge in GAUGES) => board.show(gauge as usize).1, *plain, last;
}
