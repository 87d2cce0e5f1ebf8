//! A shop changes a price twice while a customer reads it twice.

use racelab::rt::op::Kind;
use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Price;

outcomes! {
    FIRST: Allowed required, "the customer saw the first price, twice";
    LAST: Allowed required, "the customer saw the last price, twice";
    CHANGED: Allowed, "the price changed while the customer looked";
    MIXED: Forbidden, "an amount with the currency of another price";
    BACK: Forbidden, "a price, and then an earlier one";
}

const PRICES: [(u32, u32); 3] = [(100, 1), (90, 2), (120, 3)];

pub const RACE: Race<Price> = Race::<Price>::new(
    || Price::new(100, 1),
    &[
        actor("shop", |price, _| {
            price.set(90, 2);
            price.set(120, 3);
        }),
        actor("customer", |price, saw| {
            for _ in 0..2 {
                let read = price.read();
                let known = PRICES.iter().position(|price| *price == read);
                saw.note(known.map_or(9, |index| index as u64));
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the price that was set is read",
        run: |price| {
            assert_eq!(price.read(), (100, 1));
            price.set(90, 2);
            assert_eq!(price.read(), (90, 2));
        },
    },
    Case {
        name: "the largest amount fits, and so does the largest currency",
        run: |price| {
            price.set(u32::MAX, 0);
            assert_eq!(price.read(), (u32::MAX, 0));
            price.set(0, u32::MAX);
            assert_eq!(price.read(), (0, u32::MAX));
        },
    },
])
.must_not_block(&["customer"])
.forbid(&[Kind::Rmw]);

fn outcome(_: &Price, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [0, 0] => FIRST,
        [2, 2] => LAST,
        [first, second] if *first == 9 || *second == 9 => MIXED,
        [first, second] if first > second => BACK,
        _ => CHANGED,
    }
}
