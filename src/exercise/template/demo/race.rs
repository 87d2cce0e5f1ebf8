//! Two tills sell one seat at once.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Seat;

outcomes! {
    LEFT_SOLD_IT: Allowed required, "the left till sold it, once";
    RIGHT_SOLD_IT: Allowed required, "the right till sold it, once";
    SOLD_TWICE: Forbidden, "two people have the same seat";
    NOT_SOLD: Forbidden, "it is free, and nobody could buy it";
}

pub const RACE: Race<Seat> = Race::new(
    Seat::new,
    &[
        actor("left", |seat, saw| saw.note(seat.sell().into())),
        actor("right", |seat, saw| saw.note(seat.sell().into())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Seat, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([1], [0]) => LEFT_SOLD_IT,
        ([0], [1]) => RIGHT_SOLD_IT,
        ([1], [1]) => SOLD_TWICE,
        _ => NOT_SOLD,
    }
}
