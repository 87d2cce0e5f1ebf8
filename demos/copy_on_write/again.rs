//! A writer changes a session twice and another one changes its own, and looks up the first twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Sessions;

outcomes! {
    UNCHANGED: Allowed required, "the session was found with one end, both times";
    CHANGED: Allowed required, "the session was found with one end, and then with a newer one";
    BACK_IN_TIME: Forbidden, "the new end of a session, and then an older one again";
    LOST: Forbidden, "a change has gone: another writer had copied the map before it";
}

pub const RACE: Race<Sessions> = Race::new(
    || Sessions::new(2),
    &[
        actor("writer", |sessions, _| {
            sessions.set_end(0, 0, 7);
            sessions.set_end(0, 0, 9);
        }),
        actor("other", |sessions, saw| {
            sessions.set_end(1, 1, 8);
            saw.note(sessions.end(0, 0).unwrap_or(0));
            saw.note(sessions.end(1, 0).unwrap_or(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(sessions: &Sessions, saws: &[Saw]) -> Outcome {
    if (sessions.end(0, 0), sessions.end(0, 1)) != (Some(9), Some(8)) {
        return LOST;
    }
    match saws[1].values() {
        [before, after] if before > after => BACK_IN_TIME,
        [before, after] if before < after => CHANGED,
        _ => UNCHANGED,
    }
}
