//! Two cars come through two gates of a car park at once.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::CarPark;

outcomes! {
    BOTH_PARKED: Allowed required, "each car has a bay of its own";
    SAME_BAY: Forbidden, "two cars were sent to one bay";
    TURNED_AWAY: Forbidden, "a car was turned away while bays were free";
    WRONG_PLATE: Forbidden, "the bay of a car shows another plate, or none";
}

const CARS: [u32; 2] = [1234, 8765];

pub const RACE: Race<CarPark> = Race::<CarPark>::new(
    CarPark::new,
    &[
        actor("north", |park, saw| {
            if let Some(bay) = park.enter(CARS[0]) {
                saw.note(bay as u64);
            }
        }),
        actor("south", |park, saw| {
            if let Some(bay) = park.enter(CARS[1]) {
                saw.note(bay as u64);
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a car is in the bay that it was sent to",
        run: |park| {
            let bay = park.enter(7).expect("a free bay");
            assert_eq!(park.car(bay), Some(7));
        },
    },
    Case {
        name: "four cars fit, and no fifth",
        run: |park| {
            let mut bays: Vec<_> = (1..=4).filter_map(|plate| park.enter(plate)).collect();
            bays.sort();
            assert_eq!((bays, park.enter(5)), (vec![0, 1, 2, 3], None));
        },
    },
    Case {
        name: "a bay that was left is free again",
        run: |park| {
            for plate in 1..=20 {
                let bay = park.enter(plate).expect("a free bay");
                park.leave(bay);
                assert_eq!(park.car(bay), None);
            }
        },
    },
    Case {
        name: "a car that stays keeps its bay",
        run: |park| {
            let (first, second) = (park.enter(1).unwrap(), park.enter(2).unwrap());
            park.leave(first);
            let third = park.enter(3).unwrap();
            assert_eq!((park.car(second), park.car(third)), (Some(2), Some(3)));
        },
    },
]);

fn outcome(park: &CarPark, saws: &[Saw]) -> Outcome {
    let (Some(first), Some(second)) = (saws[0].get(0), saws[1].get(0)) else {
        return TURNED_AWAY;
    };
    let cars = [first, second].map(|bay| park.car(bay as usize));
    match () {
        () if first == second => SAME_BAY,
        () if cars == CARS.map(Some) => BOTH_PARKED,
        () => WRONG_PLATE,
    }
}
