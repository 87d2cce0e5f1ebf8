//! A writer changes a route twice while a reader, moved to another CPU in between, looks it up twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Routes;

outcomes! {
    UNCHANGED: Allowed required, "the reader was given one route twice";
    CHANGED: Allowed required, "the reader was given one route, and then a newer one";
    BACK_IN_TIME: Forbidden, "a new route, and then an older one again";
    LOST: Forbidden, "a change of another writer has gone";
}

pub const RACE: Race<Routes> = Race::new(
    Routes::new,
    &[
        actor("writer", |routes, _| {
            routes.set(0, 7);
            routes.set(0, 9);
        }),
        actor("other", |routes, saw| {
            routes.set(1, 8);
            saw.note(routes.next_hop(0, 0));
            saw.note(routes.next_hop(1, 0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(routes: &Routes, saws: &[Saw]) -> Outcome {
    if (routes.next_hop(0, 0), routes.next_hop(1, 1)) != (9, 8) {
        return LOST;
    }
    match saws[1].values() {
        [before, after] if before > after => BACK_IN_TIME,
        [before, after] if before < after => CHANGED,
        _ => UNCHANGED,
    }
}
