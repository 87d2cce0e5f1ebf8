//! A courier delivers a parcel while a customer looks for it.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Locker;

outcomes! {
    DARK: Allowed required, "the customer came first: no lamp, no parcel";
    COLLECTED: Allowed required, "the courier came first: the whole parcel";
    EMPTY_LOCKER: Forbidden, "the lamp was lit, and the parcel was not there";
}

pub const RACE: Race<Locker> = Race::<Locker>::new(
    Locker::new,
    &[
        actor("courier", |locker, _| locker.deliver(7, 900)),
        actor("customer", |locker, saw| {
            if let Some((number, grams)) = locker.collect() {
                saw.note(number.into());
                saw.note(grams.into());
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a locker is dark at first",
        run: |locker| assert_eq!(locker.collect(), None),
    },
    Case {
        name: "what was delivered is collected",
        run: |locker| {
            locker.deliver(3, 250);
            assert_eq!(locker.collect(), Some((3, 250)));
        },
    },
    Case {
        name: "a parcel may weigh nothing, and its number may be great",
        run: |locker| {
            locker.deliver(u32::MAX, 0);
            assert_eq!(locker.collect(), Some((u32::MAX, 0)));
        },
    },
])
.must_not_block(&["customer"]);

fn outcome(_: &Locker, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [] => DARK,
        [7, 900] => COLLECTED,
        _ => EMPTY_LOCKER,
    }
}
