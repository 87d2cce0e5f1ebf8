//! The attendant changes the basin while a swimmer is there, and a late one stays in the new one.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::{DRAINED, Hall};

outcomes! {
    OLD_BASIN: Allowed required, "the swimmer was in the old basin, in time";
    NEW_BASIN: Allowed required, "the swimmer was in the new basin";
    DRY: Forbidden, "somebody swam in a drained basin";
    WRONG_BASIN: Forbidden, "somebody felt what no basin was filled with";
    STILL_FILLED: Forbidden, "the old basin was not drained";
}

pub const RACE: Race<Hall> = Race::<Hall>::new(
    || Hall::new(10),
    &[
        actor("attendant", |hall, _| hall.change(20)),
        actor("swimmer", |hall, saw| {
            let basin = hall.go_in();
            saw.note(hall.feel(basin));
            hall.go_out(basin);
        }),
        actor("late", |hall, saw| {
            let basin = hall.go_in();
            let warmth = hall.feel(basin);
            saw.note(warmth);
            // In the new basin it stays until the evening.
            if warmth != 20 {
                hall.go_out(basin);
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "after each change one basin is filled, and it is open",
        run: |hall| {
            for warmth in 1..100 {
                hall.change(warmth);
                let basin = hall.go_in();
                assert_eq!((hall.feel(basin), filled(hall)), (warmth, 1));
                hall.go_out(basin);
            }
        },
    },
    Case {
        name: "many may swim at once",
        run: |hall| {
            let basins: Vec<usize> = (0..9).map(|_| hall.go_in()).collect();
            assert!(basins.iter().all(|basin| hall.feel(*basin) == 10));
            basins.into_iter().for_each(|basin| hall.go_out(basin));
            hall.change(20);
            assert_eq!(filled(hall), 1);
        },
    },
]);

/// How many basins are filled, as swimmers feel it: what the hall says of itself proves nothing.
fn filled(hall: &Hall) -> usize {
    [0, 1].iter().filter(|basin| hall.feel(**basin) != DRAINED).count()
}

fn outcome(hall: &Hall, saws: &[Saw]) -> Outcome {
    match (saws[1].values(), saws[2].values()) {
        (&[DRAINED], _) | (_, &[DRAINED]) => DRY,
        _ if filled(hall) != 1 => STILL_FILLED,
        (&[10], &[10 | 20]) => OLD_BASIN,
        (&[20], &[10 | 20]) => NEW_BASIN,
        _ => WRONG_BASIN,
    }
}
