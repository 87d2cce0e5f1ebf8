//! Two tills sell one seat at once, and each is asked for it twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Seat;

outcomes! {
    LEFT_SOLD_IT: Allowed required, "the left till sold it, when it was asked first";
    RIGHT_SOLD_IT: Allowed required, "the right till sold it, when it was asked first";
    SOLD_TWICE: Forbidden, "two people have the same seat";
    NOT_SOLD: Forbidden, "it was free, and the first who asked could not buy it";
}

pub const RACE: Race<Seat> = Race::new(
    Seat::new,
    &[actor("left", ask_twice), actor("right", ask_twice)],
    outcome,
    OUTCOMES,
);

fn ask_twice(seat: &Seat, saw: &mut Saw) {
    for _ in 0..2 {
        saw.note(seat.sell().into());
    }
}

fn outcome(_: &Seat, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([1, 0], [0, 0]) => LEFT_SOLD_IT,
        ([0, 0], [1, 0]) => RIGHT_SOLD_IT,
        (left, right) if left.iter().chain(right).sum::<u64>() > 1 => SOLD_TWICE,
        _ => NOT_SOLD,
    }
}
