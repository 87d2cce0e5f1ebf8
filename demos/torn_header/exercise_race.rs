//! A sensor notes two readings while a display asks for the last one.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Thermometer;

outcomes! {
    FIRST_READING: Allowed required, "the display came first";
    SECOND_READING: Allowed, "the display came between the two notes";
    LAST_READING: Allowed required, "the sensor came first";
    TORN_READING: Forbidden, "degrees and time that no reading ever had together";
}

pub const RACE: Race<Thermometer> = Race::<Thermometer>::new(
    || Thermometer::new(20, 0),
    &[
        actor("sensor", |thermometer, _| {
            thermometer.note(21, 1);
            thermometer.note(22, 2);
        }),
        actor("display", |thermometer, saw| {
            let (celsius, second) = thermometer.last();
            saw.note(celsius.into());
            saw.note(second.into());
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the first reading is there from the start",
        run: |thermometer| assert_eq!(thermometer.last(), (20, 0)),
    },
    Case {
        name: "of many readings the last one counts",
        run: |thermometer| {
            for second in 1..=100 {
                thermometer.note(20 + second % 3, second);
                assert_eq!(thermometer.last(), (20 + second % 3, second));
            }
        },
    },
    Case {
        name: "the greatest numbers fit",
        run: |thermometer| {
            thermometer.note(u32::MAX, u32::MAX - 1);
            assert_eq!(thermometer.last(), (u32::MAX, u32::MAX - 1));
        },
    },
])
.must_not_block(&["display"]);

fn outcome(_: &Thermometer, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [20, 0] => FIRST_READING,
        [21, 1] => SECOND_READING,
        [22, 2] => LAST_READING,
        _ => TORN_READING,
    }
}
