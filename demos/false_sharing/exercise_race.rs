//! A producer and a consumer: what comes out is what went in, in order, and no line has two owners.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Ring;

outcomes! {
    BOTH: Allowed required, "both numbers were taken, in their order";
    ONE: Allowed, "the consumer came before the second";
    NONE: Allowed, "the consumer came before the first";
    WRONG_NUMBER: Forbidden, "a number was taken that was not put there, or out of order";
}

pub const RACE: Race<Ring> = Race::<Ring>::new(
    Ring::new,
    &[
        actor("producer", |ring, _| {
            ring.put(11);
            ring.put(12);
        }),
        actor("consumer", |ring, saw| {
            for _ in 0..2 {
                if let Some(number) = ring.take() {
                    saw.note(number);
                }
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[Case { name: "four numbers fit, and come out in order", run: four_fit }])
.layout(&[
    Case { name: "head shares no cache line with tail", run: |ring| apart(ring, &ring.tail) },
    Case { name: "head shares no cache line with slots", run: |ring| apart(ring, &ring.slots) },
])
.must_not_block(&["producer", "consumer"]);

fn outcome(_: &Ring, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [11, 12] => BOTH,
        [11] => ONE,
        [] => NONE,
        _ => WRONG_NUMBER,
    }
}

/// Neither has a byte in a line of the other, wherever its alignment lets a ring start.
fn apart<T>(ring: &Ring, other: &T) {
    const LINE: usize = 64;
    let start = ring as *const Ring as usize;
    let at = |address: usize, size: usize| (address - start, address - start + size - 1);
    let head = at(&raw const ring.head as usize, size_of_val(&ring.head));
    let other = at(other as *const T as usize, size_of::<T>());
    for phase in (0..LINE).step_by(align_of::<Ring>().min(LINE)) {
        let lines = |(first, last): (usize, usize)| (first + phase) / LINE..=(last + phase) / LINE;
        let (head, other) = (lines(head), lines(other));
        assert!(
            head.end() < other.start() || other.end() < head.start(),
            "they meet in a line if a ring starts {phase} bytes into one"
        );
    }
}

fn four_fit(ring: &Ring) {
    assert!((1..=4).all(|number| ring.put(number)), "four numbers did not fit");
    assert!(!ring.put(5), "a fifth was taken in");
    for number in 1..=4 {
        assert_eq!(ring.take(), Some(number));
    }
    assert_eq!(ring.take(), None);
}
