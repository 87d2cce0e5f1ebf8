//! A porter switches lamp 5 off while a guest switches lamp 9 on.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Panel;

outcomes! {
    BOTH_SWITCHED: Allowed required, "both lamps are as they were switched";
    ON_AGAIN: Forbidden, "the lamp that was switched off is on again";
    OFF_AGAIN: Forbidden, "the lamp that was switched on is off again";
    OTHER_LAMP: Forbidden, "a lamp that nobody switched has changed";
}

const OFF: usize = 5;
const ON: usize = 9;

pub const RACE: Race<Panel> = Race::<Panel>::new(
    || Panel::new(1 << OFF | 1 << 63),
    &[
        actor("porter", |panel, _| panel.switch(OFF, false)),
        actor("guest", |panel, _| panel.switch(ON, true)),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a lamp that is on can be switched on",
        run: |panel| {
            panel.switch(63, true);
            assert_eq!(panel.lamps(), 1 << 63 | 1 << OFF);
        },
    },
    Case {
        name: "a lamp that is off can be switched off",
        run: |panel| {
            panel.switch(0, false);
            assert_eq!(panel.lamps(), 1 << 63 | 1 << OFF);
        },
    },
    Case {
        name: "each lamp can be switched on and off",
        run: |panel| {
            for lamp in 0..64 {
                panel.switch(lamp, true);
            }
            assert_eq!(panel.lamps(), u64::MAX);
            (0..63).for_each(|lamp| panel.switch(lamp, false));
            assert_eq!(panel.lamps(), 1 << 63);
        },
    },
])
.must_not_block(&["porter", "guest"]);

fn outcome(panel: &Panel, _: &[Saw]) -> Outcome {
    match panel.lamps() {
        lamps if lamps & !(1 << OFF | 1 << ON) != 1 << 63 => OTHER_LAMP,
        lamps if lamps >> OFF & 1 == 1 => ON_AGAIN,
        lamps if lamps >> ON & 1 == 0 => OFF_AGAIN,
        _ => BOTH_SWITCHED,
    }
}
