//! Visitors come in by two doors at once: both must be counted.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Visitors;

outcomes! {
    BOTH_COUNTED: Allowed required, "two came in, two were counted";
    ONE_LOST: Forbidden, "two came in, and one of them was not counted";
}

pub const RACE: Race<Visitors> = Race::<Visitors>::new(
    Visitors::new,
    &[
        actor("front door", |visitors, _| visitors.enter()),
        actor("back door", |visitors, _| visitors.enter()),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[Case {
    name: "whoever comes in is counted",
    run: |visitors| {
        for count in 1..=3 {
            visitors.enter();
            assert_eq!(visitors.count(), count);
        }
    },
}]);

fn outcome(visitors: &Visitors, _: &[Saw]) -> Outcome {
    if visitors.count() == 2 { BOTH_COUNTED } else { ONE_LOST }
}
