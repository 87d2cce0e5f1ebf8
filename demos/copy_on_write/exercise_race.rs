//! A shop and a market change prices on two pages each, while a customer asks for the list.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Prices;

outcomes! {
    BEFORE: Allowed required, "the customer asked before the shop";
    AFTER: Allowed required, "the customer asked after the shop";
    HALF: Forbidden, "the list has one price from before a change and one from after it";
    LOST: Forbidden, "a change has gone";
}

pub const RACE: Race<Prices> = Race::<Prices>::new(
    Prices::new,
    &[
        actor("shop", |prices, _| prices.set([0, 1], 7)),
        actor("market", |prices, _| prices.set([2, 3], 8)),
        actor("customer", |prices, saw| {
            let list = prices.list();
            saw.note(list.page(0)[0]);
            saw.note(list.page(1)[0]);
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a price that was set is in the next list",
        run: |prices| {
            prices.set([1, 2], 9);
            let list = prices.list();
            assert_eq!([0, 1, 2, 3].map(|page| list.page(page)[0]), [0, 9, 9, 0]);
        },
    },
    Case {
        name: "a list that somebody has does not change",
        run: |prices| {
            let list = prices.list();
            prices.set([0, 1], 9);
            assert_eq!((list.page(0)[0], list.page(1)[0]), (0, 0));
        },
    },
    Case {
        name: "asking for a list copies no page",
        run: |prices| {
            let (one, other) = (prices.list(), prices.list());
            assert!((0..4).all(|page| std::ptr::eq(one.page(page), other.page(page))));
        },
    },
    Case {
        name: "a change copies no other page",
        run: |prices| {
            let before = prices.list();
            prices.set([0, 1], 9);
            let after = prices.list();
            assert!((2..4).all(|page| std::ptr::eq(before.page(page), after.page(page))));
        },
    },
]);

fn outcome(prices: &Prices, saws: &[Saw]) -> Outcome {
    let list = prices.list();
    if [0, 1, 2, 3].map(|page| list.page(page)[0]) != [7, 7, 8, 8] {
        return LOST;
    }
    match saws[2].values() {
        [0, 0] => BEFORE,
        [7, 7] => AFTER,
        _ => HALF,
    }
}
