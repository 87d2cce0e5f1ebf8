//! Two threads, each counting one up.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::TicketLock;

outcomes! {
    LEFT_FIRST: Allowed required, "the left thread was served first";
    RIGHT_FIRST: Allowed required, "the right thread was served first";
    LOST: Forbidden, "both were inside at once, and one of the counts is lost";
}

pub const RACE: Race<TicketLock> = Race::new(
    TicketLock::new,
    &[
        actor("left", |lock, saw| saw.note(lock.increment())),
        actor("right", |lock, saw| saw.note(lock.increment())),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &TicketLock, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        ([0], [1]) => LEFT_FIRST,
        ([1], [0]) => RIGHT_FIRST,
        _ => LOST,
    }
}
