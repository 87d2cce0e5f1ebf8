//! A teacher calls the roll, and each pupil says where they sit; a caretaker seats the class twice.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Class;

outcomes! {
    EACH_ONCE: Allowed required, "each pupil was called once";
    TWICE: Forbidden, "a pupil was called twice";
    NEVER: Forbidden, "a pupil was not called";
}

const PUPILS: [u64; 3] = [1, 2, 3];

pub const RACE: Race<Class> = Race::<Class>::new(
    || Class::new(&PUPILS, 2),
    &[
        actor("caretaker", |class, _| {
            class.seat(4);
            class.seat(2);
        }),
        actor("teacher", |class, saw| saw.note(called(class))),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "each pupil is called once",
        run: |class| {
            let mut all = Vec::new();
            class.call(|pupil| all.push(pupil));
            all.sort_unstable();
            assert_eq!(all, PUPILS);
        },
    },
    Case {
        name: "in more rows each pupil has another one, and is called once",
        run: |class| {
            class.seat(4);
            let mut all = Vec::new();
            class.call(|pupil| all.push(pupil));
            all.sort_unstable();
            assert_eq!(all, PUPILS);
            let rows = [1, 2, 3, 5].map(|pupil| class.row(pupil));
            assert_eq!(rows, [Some(1), Some(2), Some(3), None]);
        },
    },
]);

/// Those who were called, as the digits of a number.
fn called(class: &Class) -> u64 {
    let mut digits = 0;
    class.call(|pupil| {
        assert!(class.row(pupil).is_some(), "a pupil who was called has a row");
        digits = 10 * digits + pupil;
    });
    digits
}

fn outcome(_: &Class, saws: &[Saw]) -> Outcome {
    let digits = saws[1].values()[0].to_string();
    let times = PUPILS.map(|pupil| digits.matches(&pupil.to_string()).count());
    match times {
        [1, 1, 1] => EACH_ONCE,
        _ if times.contains(&0) => NEVER,
        _ => TWICE,
    }
}
