//! A writer changes two routes while a reader, moved to another CPU in between, looks one up twice.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Routes;

outcomes! {
    OLD: Allowed required, "the reader came before the writer";
    NEW: Allowed required, "the reader came after the writer";
    OLD_THEN_NEW: Allowed required, "the writer came in between";
    BACK_IN_TIME: Forbidden, "the new route, and then the old one again";
    LOST: Forbidden, "a change of another writer has gone";
}

pub const RACE: Race<Routes> = Race::new(
    Routes::new,
    &[
        actor("writer", |routes, _| routes.set(0, 7)),
        actor("other", |routes, _| routes.set(1, 8)),
        actor("reader", |routes, saw| {
            saw.note(routes.next_hop(0, 0));
            saw.note(routes.next_hop(1, 0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(routes: &Routes, saws: &[Saw]) -> Outcome {
    if (routes.next_hop(0, 0), routes.next_hop(1, 1)) != (7, 8) {
        return LOST;
    }
    match saws[2].values() {
        [0, 0] => OLD,
        [7, 7] => NEW,
        [0, 7] => OLD_THEN_NEW,
        _ => BACK_IN_TIME,
    }
}
