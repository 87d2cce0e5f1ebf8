//! A producer and a consumer: what comes out is what went in, in order, and no line has two owners.

use racelab::{Case, Fields, Outcome, Race, Saw, actor, outcomes};

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
    Case { name: "what put writes shares no cache line with what take writes", run: written },
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
    let head = (&raw const ring.head as usize, size_of_val(&ring.head));
    lines_apart(ring, head, (other as *const T as usize, size_of::<T>()));
}

/// The same of what is written, whatever it is called.
fn written(ring: &Ring) {
    let before = words(ring);
    assert!(ring.put(11));
    let between = words(ring);
    assert_eq!(ring.take(), Some(11));
    let (put, took) = (changed(&before, &between), changed(&between, &words(ring)));
    assert!(!put.is_empty() && !took.is_empty(), "the ring's own words are not what is written");
    for mine in &put {
        took.iter().for_each(|other| lines_apart(ring, *mine, *other));
    }
}

/// The words of a ring: where each lies, and its bytes.
fn words(ring: &Ring) -> Vec<(usize, Vec<u8>)> {
    let mut leaves = Vec::new();
    Ring::leaves("ring", ring as *const Ring as usize, &mut leaves);
    // Safety: the ring is alive, no other thread is there, and a leaf is a word without gaps.
    let byte = |at: usize| unsafe { (at as *const u8).read_volatile() };
    let bytes = |start: usize, size: usize| (start..start + size).map(byte).collect();
    leaves.iter().map(|leaf| (leaf.address, bytes(leaf.address, leaf.size))).collect()
}

/// Words with another value, each as where it lies and its bytes.
fn changed(before: &[(usize, Vec<u8>)], after: &[(usize, Vec<u8>)]) -> Vec<(usize, usize)> {
    let both = before.iter().zip(after).filter(|(before, after)| before != after);
    both.map(|(_, (address, bytes))| (*address, bytes.len())).collect()
}

/// Two pieces of a ring, each as where it lies and its bytes.
fn lines_apart(ring: &Ring, one: (usize, usize), other: (usize, usize)) {
    const LINE: usize = 64;
    let start = ring as *const Ring as usize;
    for phase in (0..LINE).step_by(align_of::<Ring>().min(LINE)) {
        let lines = |(address, size): (usize, usize)| {
            let first = address - start + phase;
            first / LINE..=(first + size - 1) / LINE
        };
        let (one, other) = (lines(one), lines(other));
        assert!(
            one.end() < other.start() || other.end() < one.start(),
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
