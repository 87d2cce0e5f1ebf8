//! Two threads, each taking one of two values.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Stack;

outcomes! {
    LEFT_FIRST: Allowed required, "the left thread took the upper value";
    RIGHT_FIRST: Allowed required, "the right thread took the upper value";
    WRONG: Forbidden, "a value came twice, or out of a node that was free";
}

pub const RACE: Race<Stack> = Race::new(
    Stack::new,
    &[
        actor("left", |stack, saw| stack.pop(0).into_iter().for_each(|value| saw.note(value))),
        actor("right", |stack, saw| stack.pop(1).into_iter().for_each(|value| saw.note(value))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Stack, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([1], [2]) => LEFT_FIRST,
        ([2], [1]) => RIGHT_FIRST,
        _ => WRONG,
    }
}
