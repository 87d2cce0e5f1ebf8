//! Orders that keep writers apart, and those that save bytes at their cost.

use super::*;

fn word(name: &str, offset: usize) -> FieldLayout {
    FieldLayout::new(name, "core::sync::atomic::AtomicU64", offset..offset + 8)
}

fn judged(size: usize, align: usize, fields: Vec<FieldLayout>) -> Judged {
    Judged::new(TypeLayout { size, align, fields, ..TypeLayout::default() }, 64)
}

#[test]
fn fields_are_grouped_by_their_writer() {
    let fields = vec![
        word("current", 0).written_by(&["writer"]).read_by(&["reader"]),
        word("epoch", 8).written_by(&["writer"]),
        word("readers", 16).written_by(&["reader"]),
        FieldLayout::new("seed", "u32", 24..28).read_by(&["reader"]),
        word("hits", 32).written_by(&["reader"]),
    ];
    let before = judged(40, 8, fields);
    let Suggestion::Separate(groups, after) = suggest(&before) else {
        panic!("nothing to separate")
    };
    let told: Vec<_> =
        groups.iter().map(|group| (group.writers.join(","), group.fields.join(" "))).collect();
    // The reader needs `current`, so it is the writer's epoch that must go from there.
    let expected = [
        ("writer".to_owned(), "current".to_owned()),
        ("writer".to_owned(), "epoch".to_owned()),
        ("reader".to_owned(), "readers hits seed".to_owned()),
    ];
    assert_eq!(told, expected);
    assert!(after.drawn().is_empty(), "{:?}", after.drawn());
    assert_eq!((after.layout.size, after.layout.align), (192, 64));
}

#[test]
fn size_counts_only_where_nobody_is_brought_together() {
    let plain = |name, at: usize, size| FieldLayout::new(name, "u", at..at + size);
    let fields = vec![plain("a", 0, 1), plain("b", 8, 8), plain("c", 16, 1)];
    let Suggestion::Reorder(after) = suggest(&judged(24, 8, fields)) else { panic!("not smaller") };
    assert_eq!(after.layout.size, 16);
    assert_eq!(suggest(&judged(16, 8, vec![plain("b", 0, 8), plain("a", 8, 1)])), Suggestion::Keep);

    let padded = vec![
        word("a", 0).written_by(&["a"]),
        plain("pad", 8, 64),
        word("b", 128).written_by(&["b"]),
    ];
    let Suggestion::Refused(saved, pair) = suggest(&judged(192, 64, padded)) else {
        panic!("merged")
    };
    assert_eq!((saved, pair.fields), (64, ["a".to_owned(), "b".to_owned()]));
}

#[test]
fn a_union_has_no_order() {
    let layout = TypeLayout { kind: TypeKind::Union, size: 8, ..TypeLayout::default() };
    assert_eq!(suggest(&Judged::new(layout, 64)), Suggestion::NotAStruct);
}
