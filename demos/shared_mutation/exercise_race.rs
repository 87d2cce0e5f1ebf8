//! A clerk announces a delay while a traveller holds a timetable.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Station;

outcomes! {
    OLD_TIMES: Allowed required, "a timetable from before the delay";
    NEW_TIMES: Allowed required, "a timetable from after the delay";
    CHANGED_IN_HAND: Forbidden, "the timetable changed in the traveller's hand";
    HALF_DELAYED: Forbidden, "a train that leaves late and arrives early, or the reverse";
}

pub const RACE: Race<Station> = Race::<Station>::new(
    || Station::new(100, 160),
    &[
        actor("clerk", |station, _| station.delay(5)),
        actor("traveller", |station, saw| {
            let timetable = station.take();
            saw.note(timetable.leaves().into());
            saw.note(timetable.arrives().into());
            saw.note(timetable.leaves().into());
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the first timetable has the first times",
        run: |station| {
            let timetable = station.take();
            assert_eq!((timetable.leaves(), timetable.arrives()), (100, 160));
        },
    },
    Case {
        name: "delays add up",
        run: |station| {
            (0..50).for_each(|minutes| station.delay(minutes));
            let timetable = station.take();
            assert_eq!((timetable.leaves(), timetable.arrives()), (1325, 1385));
        },
    },
    Case {
        name: "two travellers may hold timetables",
        run: |station| {
            let (one, other) = (station.take(), station.take());
            assert_eq!((one.leaves(), other.arrives()), (100, 160));
        },
    },
]);

fn outcome(_: &Station, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [100, 160, 100] => OLD_TIMES,
        [105, 165, 105] => NEW_TIMES,
        [first, _, again] if first != again => CHANGED_IN_HAND,
        _ => HALF_DELAYED,
    }
}
