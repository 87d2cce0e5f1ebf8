//! A writer changes two values twice, while a reader holds two snapshots of them, one by one.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Published;

outcomes! {
    SAME: Allowed required, "both snapshots show the map at one moment";
    NEWER: Allowed required, "the second snapshot is the newer one";
    BACK_IN_TIME: Forbidden, "the second snapshot is older than the first";
    HALF_A_CHANGE: Forbidden, "one value from before a change, one from after it";
}

pub const RACE: Race<Published> = Race::new(
    || Published::new([10, 10]),
    &[
        actor("writer", |published, _| {
            published.change([20, 20]);
            published.change([30, 30]);
        }),
        actor("reader", |published, saw| {
            for _ in 0..2 {
                let held = published.snapshot();
                saw.note(held.get(0));
                saw.note(held.get(1));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Published, saws: &[Saw]) -> Outcome {
    match *saws[1].values() {
        [a, b, c, d] if a != b || c != d => HALF_A_CHANGE,
        [before, _, after, _] if before > after => BACK_IN_TIME,
        [before, _, after, _] if before < after => NEWER,
        _ => SAME,
    }
}
