//! Every map that takes part is a map, and is the version that it is said to be.

use super::*;
use crate::draw::Spread;

fn is_a_map<K: Key, V: Value>(design: Design) {
    let pool = K::pool(300);
    let seat = design.seat::<K, V>();
    assert_eq!(seat.count(), 0, "{}", design.name());
    seat.fill(&pool, 300, 8);
    assert_eq!(seat.count(), 300, "{}", design.name());
    let word = |index: usize| K::with(&pool, index, |key| seat.word(key));
    let words = (0..300).map(|index| V::make(index, 8).word()).sum::<u64>();
    assert_eq!(seat.scan(), words, "{}", design.name());
    assert!(seat.copy().is_none_or(|copied| copied == 300), "{}", design.name());
    assert!((0..300).all(|index| word(index) == Some(V::make(index as u64, 8).word())));
    let absent = K::with(&K::pool(301), 300, K::clone);
    assert_eq!(seat.word(&absent), None);
    assert_eq!(seat.get_or_compute(&absent, &|| V::make(9, 8)).word(), 9);
    assert_eq!(seat.get_or_compute(&absent, &|| unreachable!("it is there")).word(), 9);
    assert_eq!(seat.count(), 301, "{}", design.name());
}

#[test]
fn every_design_is_a_map_of_numbers_and_of_strings() {
    for design in Design::ALL {
        is_a_map::<u64, u64>(design);
        is_a_map::<String, Vec<u8>>(design);
    }
}

#[test]
fn what_is_written_is_one_key_more_or_none() {
    use crate::draw::Draws;
    use crate::seat::Work;
    for design in Design::ALL {
        let seat = design.seat::<u64, u64>();
        seat.fill(&(), 50, 8);
        let draws = Draws::new(50, Spread::Uniform, 1);
        let work = Work { pool: &(), draws: &draws, mix: crate::mix::Mix::of_reads(0), bytes: 8 };
        seat.operations(&work, 1, 1000);
        assert_eq!(seat.count(), 50, "{}", design.name());
    }
}

#[test]
fn names_are_typed_as_they_are_printed() {
    for design in Design::ALL {
        assert_eq!(Design::named(design.name()), Some(design));
    }
    assert_eq!(Design::named("hashmap"), None);
}

#[test]
fn the_versions_are_those_that_are_compiled() {
    let lock = include_str!("../../../Cargo.lock");
    for design in Design::ALL.into_iter().filter(|design| design.is_peer()) {
        let about = design.about();
        let mut words = about.split([' ', ',']);
        let (name, version) = (words.next().expect("a name"), words.next().expect("a version"));
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        assert!(lock.contains(&entry), "{about}: Cargo.lock has another version");
    }
}
