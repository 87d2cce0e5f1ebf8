//! A starter starts a job while a monitor asks where it is.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::{Board, Place};

outcomes! {
    WAITING: Allowed required, "the monitor came before the start";
    RUNNING: Allowed required, "the monitor came after the start";
    NOWHERE: Forbidden, "a job that was submitted is neither waiting nor running";
}

const JOB: u32 = 3;

pub const RACE: Race<Board> = Race::<Board>::new(
    || {
        let board = Board::new();
        board.submit(JOB);
        board
    },
    &[
        actor("starter", |board, _| board.start(JOB)),
        actor("monitor", |board, saw| match board.find(JOB) {
            Some(Place::Waiting) => saw.note(1),
            Some(Place::Running) => saw.note(2),
            None => {}
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a job that was submitted waits",
        run: |board| {
            board.submit(5);
            assert_eq!((board.find(5), board.waiting()), (Some(Place::Waiting), 2));
        },
    },
    Case {
        name: "a job that was started runs",
        run: |board| {
            board.start(JOB);
            assert_eq!(board.find(JOB), Some(Place::Running));
        },
    },
    Case {
        name: "a job that was started no longer waits",
        run: |board| {
            board.submit(5);
            board.start(JOB);
            assert_eq!((board.find(5), board.waiting()), (Some(Place::Waiting), 1));
        },
    },
    Case {
        name: "a job that nobody submitted is not found",
        run: |board| assert_eq!(board.find(63), None),
    },
])
.must_not_block(&["monitor"]);

fn outcome(_: &Board, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [1] => WAITING,
        [2] => RUNNING,
        _ => NOWHERE,
    }
}
