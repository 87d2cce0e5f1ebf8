//! A sensor sets gauge 10 while a display shows it.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Board;

outcomes! {
    FIRST_READING: Allowed required, "the display came first";
    SECOND_READING: Allowed, "the display came between the two";
    LAST_READING: Allowed required, "the sensor came first";
    SPLIT_READING: Forbidden, "a reading that nobody ever set";
}

/// The two halves of each are equal.
const READINGS: [u64; 3] = [0x1_0000_0001, 0x2_0000_0002, 0x3_0000_0003];
const GAUGE: usize = 10;

pub const RACE: Race<Board> = Race::<Board>::new(
    || {
        let board = Board::new();
        board.set(GAUGE, READINGS[0]);
        board
    },
    &[
        actor("sensor", |board, _| {
            board.set(GAUGE, READINGS[1]);
            board.set(GAUGE, READINGS[2]);
        }),
        actor("display", |board, saw| saw.note(board.show(GAUGE).1)),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "each gauge shows what it was set to",
        run: |board| {
            for gauge in 0..16 {
                board.install(gauge, gauge as u32 + 1);
                board.set(gauge, u64::MAX - gauge as u64);
            }
            for gauge in 0..16 {
                let shown = (gauge as u32 + 1, u64::MAX - gauge as u64);
                assert_eq!(board.show(gauge), shown);
            }
        },
    },
])
.layout(&[Case {
    name: "the board has 256 bytes at most",
    run: |board| assert!(size_of_val(board) <= 256),
}])
.must_not_block(&["display"]);

fn outcome(_: &Board, saws: &[Saw]) -> Outcome {
    let reading = saws[1].get(0);
    match READINGS.iter().position(|&known| Some(known) == reading) {
        Some(0) => FIRST_READING,
        Some(1) => SECOND_READING,
        Some(_) => LAST_READING,
        None => SPLIT_READING,
    }
}
