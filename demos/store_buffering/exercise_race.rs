//! A curator takes the piece out and puts another in, while a visitor looks.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::{Cabinet, EMPTY};

outcomes! {
    FIRST_PIECE: Allowed required, "the visitor saw the first piece";
    SECOND_PIECE: Allowed required, "the visitor saw the second piece";
    CLOSED: Allowed required, "the visitor found the curtain closed";
    EMPTY_CABINET: Forbidden, "the curtain was open, and the visitor saw no piece, or half of one";
    TWO_PIECES: Forbidden, "the visitor saw a side of each piece";
    WRONG_PIECE: Forbidden, "the curator has taken out what was not in";
}

pub const RACE: Race<Cabinet> = Race::<Cabinet>::new(
    || Cabinet::new(10),
    &[
        actor("curator", |cabinet, saw| {
            saw.note(cabinet.take_out());
            cabinet.put_in(20);
        }),
        actor("visitor", |cabinet, saw| {
            if let Some((front, back)) = cabinet.look() {
                saw.note(front);
                saw.note(back);
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "what was put in is seen, and taken out",
        run: |cabinet| {
            assert_eq!((cabinet.take_out(), cabinet.look()), (10, None));
            cabinet.put_in(30);
            assert_eq!((cabinet.look(), cabinet.take_out()), (Some((30, 30)), 30));
        },
    },
    Case {
        name: "looking takes nothing away",
        run: |cabinet| {
            assert!((0..100).all(|_| cabinet.look() == Some((10, 10))));
        },
    },
])
.must_not_block(&["visitor"]);

fn outcome(_: &Cabinet, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (taken, _) if *taken != [10] => WRONG_PIECE,
        (_, []) => CLOSED,
        (_, [10, 10]) => FIRST_PIECE,
        (_, [20, 20]) => SECOND_PIECE,
        (_, sides) if sides.contains(&EMPTY) => EMPTY_CABINET,
        _ => TWO_PIECES,
    }
}
