//! A clerk moves a guest twice, and the first time the agreeing ends in a panic; an usher looks.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Theatre;

outcomes! {
    OLD_SEAT: Allowed required, "the usher finds the guest where the guest was";
    NEW_SEAT: Allowed required, "the usher finds the guest on the seat that was agreed to";
    NO_SEAT: Forbidden, "the guest has no seat any more";
    TWO_SEATS: Forbidden, "the guest has two seats";
    WRONG_SEAT: Forbidden, "the guest is on a seat that nobody agreed to";
}

const GUEST: u64 = 5;

pub const RACE: Race<Theatre> = Race::<Theatre>::new(
    || {
        let theatre = Theatre::new();
        theatre.sit(GUEST, 0);
        theatre
    },
    &[
        actor("clerk", |theatre, _| {
            let change = || theatre.change(0, 1, || panic!("nobody answers"));
            let _ = catch_unwind(AssertUnwindSafe(change));
            theatre.change(0, 2, || true);
        }),
        actor("usher", |theatre, saw| saw.note(theatre.seats_of(GUEST))),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "who agrees moves the guest",
        run: |theatre| {
            assert!(theatre.change(0, 3, || true));
            assert_eq!((theatre.seats_of(GUEST), theatre.seats_of(0)), (0b1000, 0b1111_0111));
        },
    },
    Case {
        name: "who does not agree leaves the guest",
        run: |theatre| {
            assert!(!theatre.change(0, 3, || false));
            assert_eq!(theatre.seats_of(GUEST), 1);
        },
    },
    Case {
        name: "a panic goes on to the caller",
        run: |theatre| {
            let change = || theatre.change(0, 3, || panic!("nobody answers"));
            assert!(catch_unwind(AssertUnwindSafe(change)).is_err());
        },
    },
]);

fn outcome(_: &Theatre, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [0b001] => OLD_SEAT,
        [0b100] => NEW_SEAT,
        [0] => NO_SEAT,
        [0b010] => WRONG_SEAT,
        _ => TWO_SEATS,
    }
}
