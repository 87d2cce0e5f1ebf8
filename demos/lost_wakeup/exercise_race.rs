//! Three guests need one dish at once, one of them for another dish.

use racelab::{Case, Outcome, Race, Saw, actor, op::Kind, outcomes};

use super::source::Kitchen;

outcomes! {
    GUEST_COOKED: Allowed required, "the guest cooked, and all have that dish";
    OTHER_COOKED: Allowed required, "the other guest cooked, and all have that dish";
    THIRD_COOKED: Allowed required, "the third guest cooked, and all have that dish";
    COOKED_TWICE: Forbidden, "more than one guest cooked";
    WRONG_DISH: Forbidden, "somebody has a dish that nobody cooked";
}

pub const RACE: Race<Kitchen> = Race::<Kitchen>::new(
    Kitchen::new,
    &[
        actor("guest", |kitchen, saw| order(kitchen, saw, 7)),
        actor("other", |kitchen, saw| order(kitchen, saw, 8)),
        actor("third", |kitchen, saw| {
            kitchen.dish(1, || {
                order(kitchen, saw, 9);
                1
            });
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a dish that is ready is not cooked again",
        run: |kitchen| {
            assert_eq!(kitchen.dish(0, || 5), 5);
            assert_eq!(kitchen.dish(0, || panic!("it is ready")), 5);
        },
    },
    Case {
        name: "the other dish is another",
        run: |kitchen| {
            assert_eq!((kitchen.dish(1, || 6), kitchen.dish(0, || 5)), (6, 5));
            assert_eq!(kitchen.dish(1, || panic!("it is ready")), 6);
        },
    },
])
.forbid(&[Kind::Yield]);

/// Notes which dish this guest got, and how often they cooked for it.
fn order(kitchen: &Kitchen, saw: &mut Saw, dish: u64) {
    let mut cooked = 0;
    let got = kitchen.dish(0, || {
        cooked += 1;
        dish
    });
    saw.note(got);
    saw.note(cooked);
}

fn outcome(_: &Kitchen, saws: &[Saw]) -> Outcome {
    let dishes: Vec<u64> = saws.iter().filter_map(|saw| saw.get(0)).collect();
    let cooked: u64 = saws.iter().filter_map(|saw| saw.get(1)).sum();
    match dishes[..] {
        _ if cooked > 1 => COOKED_TWICE,
        [7, 7, 7] => GUEST_COOKED,
        [8, 8, 8] => OTHER_COOKED,
        [9, 9, 9] => THIRD_COOKED,
        _ => WRONG_DISH,
    }
}
