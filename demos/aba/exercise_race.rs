//! A guest takes a locker, while a rival takes three and gives the first back.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Room;

outcomes! {
    EACH_ONCE: Allowed required, "each locker is somebody's, or free, and no two have one";
    HANDED_OUT_TWICE: Forbidden, "two have one locker, or somebody has one that is free";
    LOST: Forbidden, "a locker is nobody's, and not free";
    REFUSED: Forbidden, "a locker was free, and somebody was refused";
}

/// Noted by whoever was refused.
const REFUSAL: u64 = 9;

pub const RACE: Race<Room> = Race::<Room>::new(
    Room::new,
    &[
        actor("guest", |room, saw| saw.note(take(room))),
        actor("rival", |room, saw| {
            let first = room.take();
            saw.note(take(room));
            saw.note(take(room));
            match first {
                Some(first) => room.give_back(first),
                None => saw.note(REFUSAL),
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "there are four lockers",
        run: |room| {
            let mut taken: Vec<usize> = std::iter::from_fn(|| room.take()).take(9).collect();
            taken.sort_unstable();
            assert_eq!(taken, [0, 1, 2, 3]);
        },
    },
    Case {
        name: "what is given back can be taken again",
        run: |room| {
            for _ in 0..20 {
                let all: Vec<usize> = (0..4).filter_map(|_| room.take()).collect();
                assert_eq!((all.len(), room.take()), (4, None));
                all.into_iter().for_each(|locker| room.give_back(locker));
            }
        },
    },
]);

/// A locker's number, or that there was none.
fn take(room: &Room) -> u64 {
    room.take().map_or(REFUSAL, |locker| locker as u64)
}

fn outcome(room: &Room, saws: &[Saw]) -> Outcome {
    let held = saws.iter().flat_map(Saw::values).copied();
    let free = std::iter::from_fn(|| room.take()).take(5).map(|locker| locker as u64);
    let mut all: Vec<u64> = held.chain(free).collect();
    all.sort_unstable();
    if all.contains(&REFUSAL) {
        return REFUSED;
    }
    let lockers = all.len();
    all.dedup();
    match (lockers - all.len(), all.len()) {
        (0, 4) => EACH_ONCE,
        (0, _) => LOST,
        _ => HANDED_OUT_TWICE,
    }
}
