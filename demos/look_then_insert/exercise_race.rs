//! Two ask for the number of one name; one of them has asked for another name before.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Register;

outcomes! {
    ASKER_FIRST: Allowed required, "the name that both ask for has the first number";
    RIVAL_FIRST: Allowed required, "the rival's other name has the first number";
    TWO_NUMBERS: Forbidden, "one name has two numbers";
    SHARED: Forbidden, "two names have one number";
    MISCOUNTED: Forbidden, "there are more names than there should be, or fewer";
}

const BOTH: u64 = 70;
const OTHER: u64 = 80;

pub const RACE: Race<Register> = Race::<Register>::new(
    Register::new,
    &[
        actor("asker", |register, saw| saw.note(register.number(BOTH) as u64)),
        actor("rival", |register, saw| {
            saw.note(register.number(OTHER) as u64);
            saw.note(register.number(BOTH) as u64);
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a new name gets the next number",
        run: |register| {
            assert_eq!((register.number(5), register.number(6), register.count()), (0, 1, 2));
        },
    },
    Case {
        name: "a name keeps its number",
        run: |register| {
            register.number(5);
            register.number(6);
            assert_eq!((register.number(5), register.number(6), register.count()), (0, 1, 2));
        },
    },
]);

fn outcome(register: &Register, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([asker], [_, rival]) if asker != rival => TWO_NUMBERS,
        (_, [other, both]) if other == both => SHARED,
        _ if register.count() != 2 => MISCOUNTED,
        ([0], _) => ASKER_FIRST,
        _ => RIVAL_FIRST,
    }
}
