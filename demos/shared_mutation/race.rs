//! A writer changes two values while a reader holds a snapshot of them.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Published;

outcomes! {
    OLD_SNAPSHOT: Allowed required, "the reader holds the map before the change";
    NEW_SNAPSHOT: Allowed required, "the reader holds the map after the change";
    CHANGED_WHILE_HELD: Forbidden, "a key had one value, and then another, in one snapshot";
    HALF_A_CHANGE: Forbidden, "one value from before the change, one from after it";
}

pub const RACE: Race<Published> = Race::new(
    || Published::new([10, 10]),
    &[
        actor("writer", |published, _| published.change([20, 20])),
        actor("reader", |published, saw| {
            let held = published.snapshot();
            saw.note(held.get(0));
            saw.note(held.get(1));
            saw.note(held.get(0));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Published, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [10, 10, 10] => OLD_SNAPSHOT,
        [20, 20, 20] => NEW_SNAPSHOT,
        [first, _, again] if first != again => CHANGED_WHILE_HELD,
        _ => HALF_A_CHANGE,
    }
}
