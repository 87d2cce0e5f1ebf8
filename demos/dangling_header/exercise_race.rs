//! A caretaker posts two sheets while a visitor reads.

use racelab::{Case, Fields, Outcome, Race, Saw, actor, outcomes};

use super::source::{Board, SHREDDED};

outcomes! {
    FIRST_SHEET: Allowed required, "the visitor came first";
    SECOND_SHEET: Allowed, "the visitor came between the two";
    LAST_SHEET: Allowed required, "the caretaker came first";
    SHREDS: Forbidden, "the visitor read a sheet that had been shredded";
    NO_SHEET: Forbidden, "the visitor read what was never posted";
}

pub const RACE: Race<Board> = Race::<Board>::new(
    || Board::new(10),
    &[
        actor("caretaker", |board, _| {
            board.post(20);
            board.post(30);
        }),
        actor("visitor", |board, saw| saw.note(board.read())),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the first sheet is there from the start",
        run: |board| assert_eq!((board.read(), board.sheets()), (10, 1)),
    },
    Case {
        name: "the last sheet is read, and the others are shredded",
        run: |board| {
            for text in 0..100 {
                board.post(text);
                assert_eq!((board.read(), board.sheets()), (text, 1));
            }
        },
    },
    Case {
        name: "no word of the board says what an old sheet said",
        run: |board| {
            let texts = [71_000_001, 71_000_002, 71_000_003];
            texts.iter().for_each(|text| board.post(*text));
            let mut words = Vec::new();
            Board::leaves("", board as *const Board as usize, &mut words);
            board.owned("", &mut words);
            let words = words.iter().filter(|word| word.size == size_of::<u64>());
            // Safety: a word that was declared is alive, and nobody else has it.
            let read = |at: usize| unsafe { (at as *const u64).read_unaligned() };
            let old = |said: u64| texts[..2].contains(&said);
            assert!(!words.map(|word| read(word.address)).any(old), "an old sheet can be read");
        },
    },
])
.must_not_block(&["visitor"]);

fn outcome(_: &Board, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [10] => FIRST_SHEET,
        [20] => SECOND_SHEET,
        [30] => LAST_SHEET,
        [SHREDDED] => SHREDS,
        _ => NO_SHEET,
    }
}
