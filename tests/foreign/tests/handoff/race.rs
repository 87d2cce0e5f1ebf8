//! A sender and a receiver.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Handoff;

outcomes! {
    NOT_YET: Allowed required, "the receiver came first";
    RECEIVED: Allowed required, "the message";
    NONSENSE: Forbidden, "something that was never sent";
}

pub const RACE: Race<Handoff> = Race::new(
    Handoff::new,
    &[
        actor("sender", |handoff, _| handoff.send(7)),
        actor("receiver", |handoff, saw| {
            if let Some(message) = handoff.receive() {
                saw.note(message);
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Handoff, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => NOT_YET,
        [7] => RECEIVED,
        _ => NONSENSE,
    }
}
