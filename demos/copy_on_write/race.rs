//! Two writers change a session each, while a reader looks one up twice, by way of both threads.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Sessions;

outcomes! {
    OLD: Allowed required, "the reader came before the writer";
    NEW: Allowed required, "the reader came after the writer";
    OLD_THEN_NEW: Allowed required, "the writer came in between";
    BACK_IN_TIME: Forbidden, "the new end of a session, and then the old one again";
    LOST: Forbidden, "a change has gone: another writer had copied the map before it";
}

pub const RACE: Race<Sessions> = Race::new(
    || Sessions::new(2),
    &[
        actor("writer", |sessions, _| sessions.set_end(0, 0, 7)),
        actor("other", |sessions, _| sessions.set_end(1, 1, 8)),
        actor("reader", |sessions, saw| {
            saw.note(sessions.end(0, 0).unwrap_or(9));
            saw.note(sessions.end(1, 0).unwrap_or(9));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(sessions: &Sessions, saws: &[Saw]) -> Outcome {
    if (sessions.end(0, 0), sessions.end(0, 1)) != (Some(7), Some(8)) {
        return LOST;
    }
    match saws[2].values() {
        [0, 0] => OLD,
        [7, 7] => NEW,
        [0, 7] => OLD_THEN_NEW,
        _ => BACK_IN_TIME,
    }
}
