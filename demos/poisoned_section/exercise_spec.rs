//! What a theatre should do: a guest has one seat, whatever becomes of the agreeing.

use super::source::Theatre;

const GUEST: u64 = 5;
const SEATS: &[u64] = &[0, 1, 2];
/// Whoever is asked says no, says yes, or panics.
const ANSWERS: &[u64] = &[0, 1, 2];

fn theatre() -> Theatre {
    let theatre = Theatre::new();
    theatre.sit(GUEST, 0);
    theatre
}

racelab::specification! {
    |theatre: Theatre = theatre(), plain: u64 = 0, seen|
    change(from in SEATS, to in SEATS, says in ANSWERS) by clerk if (from == *plain && to != from)
        => theatre.change(from as usize, to as usize, || {
            assert!(says < 2, "nobody answers");
            says == 1
        }), {
            assert!(says < 2, "nobody answers");
            if says == 1 {
                *plain = to;
            }
            says == 1
        };
    seats_of() => theatre.seats_of(GUEST), 1u64 << *plain, last;
}
