//! A clerk shows a flight on a board while a traveller looks for its gate.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Board;

outcomes! {
    NOT_SHOWN: Allowed required, "the traveller came before the flight was shown";
    GATE_FOUND: Allowed required, "the flight with its gate";
    NO_GATE: Forbidden, "the flight was found with a gate that it was not shown with";
}

const FLIGHT: u32 = 441;
const GATE: u32 = 12;

pub const RACE: Race<Board> = Race::<Board>::new(
    Board::new,
    &[
        actor("clerk", |board, _| board.show(FLIGHT, GATE)),
        actor("traveller", |board, saw| {
            if let Some(gate) = board.gate(FLIGHT) {
                saw.note(gate.into());
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a flight that was shown has its gate",
        run: |board| {
            board.show(100, 7);
            board.show(FLIGHT, GATE);
            assert_eq!((board.gate(100), board.gate(FLIGHT)), (Some(7), Some(GATE)));
        },
    },
    Case {
        name: "a flight that was not shown has none",
        run: |board| {
            board.show(100, 7);
            assert_eq!((board.gate(0), board.gate(99)), (None, None));
        },
    },
    Case {
        name: "gate 0 is a gate",
        run: |board| {
            board.show(100, 0);
            assert_eq!(board.gate(100), Some(0));
        },
    },
    Case {
        name: "four lines, and the greatest numbers, fit",
        run: |board| {
            for flight in [1, 2, 3, u32::MAX] {
                board.show(flight, u32::MAX - flight);
            }
            assert_eq!((board.gate(3), board.gate(u32::MAX)), (Some(u32::MAX - 3), Some(0)));
        },
    },
])
.must_not_block(&["traveller"]);

fn outcome(_: &Board, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => NOT_SHOWN,
        [gate] if *gate == u64::from(GATE) => GATE_FOUND,
        _ => NO_GATE,
    }
}
