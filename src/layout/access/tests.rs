//! Which words of a type stand apart, on types whose answer is known.

use std::sync::Arc;

use super::*;
use crate::{Repeat, Variant};

fn dwarf(size: usize, fields: Vec<FieldLayout>) -> TypeLayout {
    TypeLayout { size, fields, source: Source::Dwarf, ..TypeLayout::default() }
}

fn paths(layout: &TypeLayout) -> Vec<(String, Vec<Range<usize>>)> {
    accesses(layout).into_iter().map(|access| (access.path, access.bytes)).collect()
}

fn holding(name: &str, inner: TypeLayout, at: usize, count: usize) -> FieldLayout {
    let mut field = FieldLayout::new(name, "Inner", at..at + inner.size * count);
    field.repeat = (count > 1).then_some(Repeat { count, stride: inner.size });
    field.inner = Some(Arc::new(inner));
    field
}

#[test]
fn a_plain_field_is_seen_through_and_a_lock_is_not() {
    let lock = dwarf(8, vec![FieldLayout::new("futex", "AtomicU32", 0..4)]);
    let mut mutex = FieldLayout::new("lock", "std::sync::poison::mutex::Mutex<()>", 8..16);
    mutex.inner = Some(Arc::new(lock));
    let inner = dwarf(16, vec![FieldLayout::new("count", "AtomicU64", 0..8), mutex]);
    let outer = dwarf(32, vec![holding("inner", inner, 16, 1)]);
    let expected = [("inner.count".into(), vec![16..24]), ("inner.lock".into(), vec![24..28])];
    assert_eq!(paths(&outer), expected);
    assert!(accesses(&outer).iter().all(|access| access.undeclared));
}

#[test]
fn the_elements_of_an_array_of_atomics_stand_apart_to_the_last() {
    let mut field = FieldLayout::new("hits", "[AtomicU64; 3]", 8..32);
    field.repeat = Some(Repeat { count: 3, stride: 8 });
    let found = paths(&dwarf(32, vec![field.clone()]));
    assert_eq!(found[2], ("hits[2]".into(), vec![24..32]));
    field.size = 8000;
    field.repeat = Some(Repeat { count: 1000, stride: 8 });
    let found = accesses(&dwarf(8008, vec![field]));
    assert_eq!(found.last().map(|last| last.path.as_str()), Some("hits[999]"));
    let rest: Vec<&str> = found.iter().filter(|a| a.rest).map(|a| a.path.as_str()).collect();
    assert_eq!(rest, ["hits[34..982]"]);
    let mut plain = FieldLayout::new("bytes", "[u8; 8]", 0..8);
    plain.repeat = Some(Repeat { count: 8, stride: 1 });
    assert_eq!(paths(&dwarf(8, vec![plain])), [("bytes".into(), vec![0..8])]);
}

#[test]
fn an_array_of_two_dimensions_has_two_indices() {
    let mut field = FieldLayout::new("m", "_Atomic(int)[2][3]", 0..24);
    (field.repeat, field.shape) = (Some(Repeat { count: 6, stride: 4 }), vec![2, 3]);
    let mut layout = dwarf(24, vec![field]);
    assert_eq!(paths(&layout)[4], ("m[1][1]".into(), vec![16..20]));
    assert!(layout.declare_writer("m[1]", "second"));
    assert!(layout.declare_writer("m[i][0]", "thread i"));
    let writers: Vec<_> = accesses(&layout).into_iter().map(|a| a.writers.join("+")).collect();
    assert_eq!(writers, ["thread 0", "", "", "second+thread 1", "second", "second"]);
}

#[test]
fn members_of_a_union_and_variants_are_not_alive_together() {
    let word = |name: &str| FieldLayout::new(name, "AtomicU64", 0..8);
    let pair = vec![word("a"), FieldLayout::new("b", "AtomicU64", 8..16)];
    let variant =
        |name: &str| Variant { name: name.to_owned(), fields: pair.clone(), ..Variant::default() };
    let mut both = dwarf(16, vec![]);
    (both.kind, both.variants) = (TypeKind::Enum, vec![variant("Run"), variant("Stop")]);
    let found = accesses(&dwarf(16, vec![holding("state", both, 0, 1)]));
    let told: Vec<&str> = found.iter().map(|access| access.path.as_str()).collect();
    assert_eq!(told, ["state.Run.a", "state.Run.b", "state.Stop.a", "state.Stop.b"]);
    assert!(found[0].alive_with(&found[1]) && !found[0].alive_with(&found[3]));
    let mut either = dwarf(8, vec![word("a"), word("b")]);
    either.kind = TypeKind::Union;
    let found = accesses(&either);
    assert!(!found[0].alive_with(&found[1]));
}

#[test]
fn a_part_with_a_writer_of_its_own_stands_apart_from_the_whole() {
    let inner =
        dwarf(16, vec![FieldLayout::new("a", "u64", 0..8), FieldLayout::new("b", "u64", 8..16)]);
    let mut layout = dwarf(64, vec![holding("slots", inner, 0, 4)]);
    assert!(layout.declare_writer("slots", "one"));
    assert_eq!(paths(&layout), [("slots".into(), vec![0..64])]);
    assert!(layout.declare_writer("slots[2].b", "other"));
    let found = accesses(&layout);
    let told: Vec<_> =
        found.iter().map(|a| format!("{} {}", a.path, a.writers.join("+"))).collect();
    let expected =
        ["slots[0] one", "slots[1] one", "slots[2].a one", "slots[2].b one+other", "slots[3] one"];
    assert_eq!(told, expected);
    let mut several = dwarf(64, vec![layout.fields[0].clone()]);
    assert!(several.declare_writer("slots", "two"));
    let found = accesses(&several);
    assert!(
        found.len() == 4 && found.iter().all(|a| a.element.as_ref() == Some(&a.path)),
        "{found:?}"
    );
}
