//! A forklift carries two pallets while a clerk counts.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Warehouse;

outcomes! {
    BEFORE: Allowed required, "the clerk counted before the first pallet was moved";
    BETWEEN: Allowed, "the clerk counted between the two";
    AFTER: Allowed required, "the clerk counted after the second";
    MISCOUNTED: Forbidden, "the clerk counted what was on the shelves at no moment";
}

pub const RACE: Race<Warehouse> = Race::<Warehouse>::new(
    || Warehouse::new([2, 1, 0]),
    &[
        actor("forklift", |warehouse, _| {
            warehouse.carry(0, 2);
            warehouse.carry(1, 0);
        }),
        actor("clerk", |warehouse, saw| {
            warehouse.count().into_iter().for_each(|pallets| saw.note(pallets.into()));
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "what was there is counted",
        run: |warehouse| assert_eq!(warehouse.count(), [2, 1, 0]),
    },
    Case {
        name: "a pallet is carried there and back",
        run: |warehouse| {
            warehouse.carry(0, 1);
            assert_eq!(warehouse.count(), [1, 2, 0]);
            warehouse.carry(1, 0);
            assert_eq!(warehouse.count(), [2, 1, 0]);
        },
    },
    Case {
        name: "many pallets are carried",
        run: |warehouse| {
            for _ in 0..100 {
                warehouse.carry(0, 1);
                warehouse.carry(1, 2);
                warehouse.carry(2, 0);
            }
            assert_eq!(warehouse.count(), [2, 1, 0]);
        },
    },
])
.must_not_block(&["forklift"]);

fn outcome(_: &Warehouse, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [2, 1, 0] => BEFORE,
        [1, 1, 1] => BETWEEN,
        [2, 0, 1] => AFTER,
        _ => MISCOUNTED,
    }
}
