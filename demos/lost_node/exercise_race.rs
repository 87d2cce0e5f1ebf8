//! Anna and Ben pin a note each on a wall with an old one, and read what is there.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Wall;

outcomes! {
    ALL_NOTES: Allowed required, "three notes are on the wall, and nobody missed one";
    NOTE_LOST: Forbidden, "a note that was pinned is not on the wall";
    NOT_FOUND: Forbidden, "who read the wall did not find a note that had been pinned before";
    NO_TEXT: Forbidden, "a note was read that says nothing";
}

const OLD: u64 = 1;
const ANNAS: u64 = 2;
const BENS: u64 = 3;

pub const RACE: Race<Wall> = Race::<Wall>::new(
    || {
        let wall = Wall::new();
        wall.pin(OLD);
        wall
    },
    &[
        actor("anna", |wall, saw| {
            wall.pin(ANNAS);
            look(wall, ANNAS, saw);
        }),
        actor("ben", |wall, saw| {
            wall.pin(BENS);
            look(wall, BENS, saw);
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the newest note is on top",
        run: |wall| {
            wall.pin(8);
            wall.pin(9);
            assert_eq!(wall.read(), [9, 8, OLD]);
        },
    },
    Case {
        name: "four notes fit",
        run: |wall| {
            [5, 6, 7].into_iter().for_each(|text| wall.pin(text));
            assert_eq!(wall.read(), [7, 6, 5, OLD]);
        },
    },
    Case {
        name: "one text may be pinned twice",
        run: |wall| {
            wall.pin(OLD);
            assert_eq!(wall.read(), [OLD, OLD]);
        },
    },
]);

/// Notes whether the old note and one's own are there, and whether each has a text.
fn look(wall: &Wall, own: u64, saw: &mut Saw) {
    let notes = wall.read();
    saw.note((notes.contains(&OLD) && notes.contains(&own)) as u64);
    saw.note(!notes.contains(&0) as u64);
}

fn outcome(wall: &Wall, saws: &[Saw]) -> Outcome {
    let mut notes = wall.read();
    notes.sort();
    let all = |index| saws.iter().all(|saw| saw.get(index) == Some(1));
    match () {
        () if notes != [OLD, ANNAS, BENS] => NOTE_LOST,
        () if !all(1) => NO_TEXT,
        () if !all(0) => NOT_FOUND,
        () => ALL_NOTES,
    }
}
