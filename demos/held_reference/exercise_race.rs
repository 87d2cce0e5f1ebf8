//! A clerk restocks and counts when it is done, while a buyer counts and buys.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Store;

outcomes! {
    CLERK_FIRST: Allowed required, "the clerk counted before the piece was sold";
    BUYER_FIRST: Allowed required, "the clerk counted after the piece was sold";
    MISCOUNTED: Forbidden, "somebody counted a piece that is nowhere, or one in two places";
    LOST_UPDATE: Forbidden, "at the end there are more pieces than there should be, or fewer";
}

pub const RACE: Race<Store> = Race::<Store>::new(
    || Store::new(1, 5),
    &[
        actor("clerk", |store, saw| store.restock(2, |_| saw.note(store.count()))),
        actor("buyer", |store, saw| {
            saw.note(store.count());
            store.sell();
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "what is restocked lies in the window",
        run: |store| {
            let mut told = 0;
            store.restock(2, |window| told = window);
            assert_eq!((told, store.count()), (3, 6));
        },
    },
    Case {
        name: "the window is sold first, then the back",
        run: |store| {
            store.sell();
            store.sell();
            store.restock(4, |window| assert_eq!(window, 4));
            assert_eq!(store.count(), 4);
        },
    },
]);

fn outcome(store: &Store, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        _ if store.count() != 5 => LOST_UPDATE,
        ([6], [6]) => CLERK_FIRST,
        ([5], [6]) => BUYER_FIRST,
        _ => MISCOUNTED,
    }
}
