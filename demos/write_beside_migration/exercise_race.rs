//! A copier copies a price list, a clerk changes a price, and a customer asks for that price.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::List;

outcomes! {
    OLD_PRICE: Allowed required, "the customer came before the change";
    NEW_PRICE: Allowed required, "the customer came after the change";
    NO_PRICE: Forbidden, "the customer was told a price that nobody ever asked";
    LOST: Forbidden, "the change is gone: at the end the thing has its old price";
}

const THING: usize = 1;

pub const RACE: Race<List> = Race::<List>::new(
    || List::new([10, 20]),
    &[
        actor("copier", |list, _| list.turn()),
        actor("clerk", |list, _| list.change(THING, 21)),
        actor("customer", |list, saw| saw.note(list.price(THING))),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a price that was changed is told",
        run: |list| {
            list.change(0, 11);
            assert_eq!((list.price(0), list.price(1), list.turned()), (11, 20, false));
        },
    },
    Case {
        name: "the new page has the prices of the old one",
        run: |list| {
            list.change(0, 11);
            list.turn();
            assert_eq!((list.price(0), list.price(1), list.turned()), (11, 20, true));
        },
    },
    Case {
        name: "a price on the new page can be changed",
        run: |list| {
            list.turn();
            list.change(1, 21);
            list.change(1, 22);
            assert_eq!((list.price(0), list.price(1), list.turned()), (10, 22, true));
        },
    },
])
.must_not_block(&["customer"]);

fn outcome(list: &List, saws: &[Saw]) -> Outcome {
    match (list.price(THING), saws[2].values()) {
        (21, [20]) => OLD_PRICE,
        (21, [21]) => NEW_PRICE,
        (21, _) => NO_PRICE,
        _ => LOST,
    }
}
