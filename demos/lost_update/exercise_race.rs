//! Two counters sell a seat each, and both would like to sell the front seat.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Cinema;

outcomes! {
    COUNTER_SOLD_IT: Allowed required, "two seats sold, the front seat at the counter";
    RIVAL_SOLD_IT: Allowed required, "two seats sold, the front seat by the rival";
    SOLD_TWICE: Forbidden, "two people have the front seat";
    FREE_AGAIN: Forbidden, "a seat was sold, and is free again";
    REFUSED: Forbidden, "a seat was free, and was not sold";
}

const FRONT: u32 = 0;
const BALCONY: u32 = 63;

pub const RACE: Race<Cinema> = Race::<Cinema>::new(
    Cinema::new,
    &[
        actor("counter", |cinema, saw| saw.note(cinema.sell(FRONT).into())),
        actor("rival", |cinema, saw| {
            saw.note(cinema.sell(BALCONY).into());
            saw.note(cinema.sell(FRONT).into());
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a free seat is sold, and then it is not free",
        run: |cinema| assert_eq!((cinema.sell(5), cinema.sell(5), cinema.count()), (true, false, 1)),
    },
    Case {
        name: "there are 64 seats",
        run: |cinema| {
            assert!((0..64).all(|seat| cinema.sell(seat)));
            assert!((0..64).all(|seat| !cinema.sell(seat)));
            assert_eq!(cinema.count(), 64);
        },
    },
]);

fn outcome(cinema: &Cinema, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values(), cinema.count()) {
        ([1], [_, 1], _) => SOLD_TWICE,
        ([0], [_, 0], _) | (_, [0, _], _) => REFUSED,
        (_, _, count) if count != 2 => FREE_AGAIN,
        ([1], ..) => COUNTER_SOLD_IT,
        _ => RIVAL_SOLD_IT,
    }
}
