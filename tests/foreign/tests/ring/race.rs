//! A producer with three values, and a consumer who looks twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Ring;

outcomes! {
    ALL: Allowed required, "every value was taken in and came out in order";
    REFUSED: Allowed required, "the queue was full, the others came out in order";
    WRONG: Forbidden, "a value that was taken in is lost, came twice or out of order";
}

pub const RACE: Race<Ring> = Race::new(
    Ring::new,
    &[
        actor("producer", |ring, saw| {
            for value in [1, 2, 3] {
                if ring.push(value) {
                    saw.note(value);
                }
            }
        }),
        actor("consumer", |ring, saw| {
            for _ in 0..2 {
                if let Some(value) = ring.pop() {
                    saw.note(value);
                }
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(ring: &Ring, saws: &[Saw]) -> Outcome {
    let taken_in = saws[0].values();
    let mut came_out = saws[1].values().to_vec();
    came_out.extend(std::iter::from_fn(|| ring.pop()).take(4));
    match taken_in.len() {
        _ if came_out != taken_in => WRONG,
        3 => ALL,
        _ => REFUSED,
    }
}
