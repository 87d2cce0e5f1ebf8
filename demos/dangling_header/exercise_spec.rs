//! What a notice board should do: a sheet is read that is up while the visitor reads, and one is left in
//! the end. The next sheet may be read a little early.

use super::source::Board;

racelab::specification! {
    |board: Board = Board::new(0), plain: u64 = 0, seen|
    post(text in FRESH) by caretaker => board.post(text), *plain = text;
    read() by visitor => board.read(), *plain, last, weakly;
    sheets() => board.sheets(), 1, only last;
}
