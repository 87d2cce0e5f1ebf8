//! Anna and Ben come to a meeting room at once.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Room;

outcomes! {
    ALL_MET: Allowed required, "every meeting took place, and is in the minutes";
    SENT_AWAY: Allowed required, "somebody was sent away; the meetings that took place are there";
    NOT_IN_THE_MINUTES: Forbidden, "a meeting took place, and is not in the minutes";
    NO_MEETING: Forbidden, "both were sent away, each because of the other";
}

pub const RACE: Race<Room> = Race::<Room>::new(
    Room::new,
    &[
        actor("anna", |room, saw| saw.note(room.meet() as u64)),
        actor("ben", |room, saw| saw.note(room.meet() as u64)),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "one meeting after another takes place",
        run: |room| {
            for meetings in 1..=10 {
                assert!(room.meet());
                assert_eq!(room.minutes(), meetings);
            }
        },
    },
    Case { name: "a new room has no minutes", run: |room| assert_eq!(room.minutes(), 0) },
])
.must_not_block(&["anna", "ben"]);

fn outcome(room: &Room, saws: &[Saw]) -> Outcome {
    let met = saws.iter().filter_map(|saw| saw.get(0)).sum::<u64>();
    match (met, u64::from(room.minutes()) == met) {
        (_, false) => NOT_IN_THE_MINUTES,
        (0, true) => NO_MEETING,
        (1, true) => SENT_AWAY,
        (_, true) => ALL_MET,
    }
}
