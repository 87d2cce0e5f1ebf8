//! What a board of jobs should do: a job that was submitted is found, wherever. Jobs may lie in words
//! apart, and nothing is promised of two of them under weaker memory models: the race asks about one.

use super::source::Board;

const JOBS: &[u64] = &[1, 2];

racelab::specification! {
    |board: Board = Board::new(), plain: (u64, u64) = (0, 0), seen|
    under SC;
    submit(job in JOBS) if ((plain.0 | plain.1) >> job & 1 == 0)
        => board.submit(job as u32), { plain.0 |= 1 << job; };
    start(job in JOBS) by starter if (plain.0 >> job & 1 == 1)
        => board.start(job as u32), { plain.0 &= !(1 << job); plain.1 |= 1 << job; };
    find(job in JOBS) => board.find(job as u32).is_some(), (plain.0 | plain.1) >> job & 1 == 1, last;
    waiting() => board.waiting(), plain.0.count_ones(), only last;
}
