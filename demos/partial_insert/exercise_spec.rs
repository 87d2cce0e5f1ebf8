//! What a board of departures should do: a flight that was shown has its gate.

use super::source::Board;

const FLIGHTS: &[u64] = &[1, 2];

racelab::specification! {
    |board: Board = Board::new(), plain: u64 = 0, seen|
    show(flight in FRESH) by clerk if (flight <= 4)
        => board.show(flight as u32, 70 + flight as u32), *plain |= 1 << flight;
    gate(flight in FLIGHTS)
        => board.gate(flight as u32), (*plain >> flight & 1 == 1).then_some(70 + flight), last;
}
