//! What a class should do: wherever they sit, all pupils are called.

use super::source::Class;

const ROWS: &[u64] = &[2, 3, 4];
const PUPILS: &[u64] = &[1, 2, 3];

racelab::specification! {
    |class: Class = Class::new(PUPILS, 2), plain: u64 = 2, seen|
    seat(rows in ROWS) => class.seat(rows as usize), *plain = rows;
    row(pupil in PUPILS) => class.row(pupil), Some((pupil % *plain) as usize), last;
    call() => {
        let mut called = Vec::new();
        class.call(|pupil| called.push(pupil));
        called.sort_unstable();
        called
    }, PUPILS.to_vec();
}
