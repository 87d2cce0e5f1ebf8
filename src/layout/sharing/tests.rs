//! Which words share a line, on types whose answer is known.

use std::sync::Arc;

use super::*;
use crate::FieldLayout;

fn layout(size: usize, align: usize, fields: Vec<FieldLayout>) -> TypeLayout {
    TypeLayout { name: "Test".to_owned(), size, align, fields, ..TypeLayout::default() }
}

fn word(name: &str, offset: usize) -> FieldLayout {
    FieldLayout::new(name, "core::sync::atomic::AtomicU64", offset..offset + 8)
}

fn judge(layout: &TypeLayout, line: usize) -> Vec<Sharing> {
    super::judge(layout, line, Placement::Aligned)
}

fn verdicts(layout: &TypeLayout, line: usize) -> Vec<(Verdict, f64)> {
    judge(layout, line).iter().map(|s| (s.verdict, s.share_of_phases)).collect()
}

#[test]
fn two_counters_share_at_seven_of_eight_starts_and_always_when_aligned_to_both() {
    let fields =
        vec![word("left", 0).written_by(&["left"]), word("right", 8).written_by(&["right"])];
    assert_eq!(verdicts(&layout(16, 8, fields.clone()), 64), [(Verdict::Likely, 0.875)]);
    assert_eq!(verdicts(&layout(16, 8, fields.clone()), 128), [(Verdict::Likely, 0.9375)]);
    assert_eq!(verdicts(&layout(16, 8, fields.clone()), 32), [(Verdict::Likely, 0.75)]);
    let found = judge(&layout(16, 16, fields), 64);
    assert_eq!(found[0].verdict, Verdict::Certain);
    assert_eq!(found[0].lines, [(0, Verdict::Certain)]);
    assert_eq!(found[0].fields, ["left", "right"]);
    assert_eq!(found[0].pairs[0].starts, [0, 16, 32, 48]);
}

#[test]
fn padded_types_come_out_clean() {
    for pad in [64, 128] {
        let field = |name, at| FieldLayout::new(name, "Padded<AtomicU64>", at..at + pad);
        let fields = vec![
            field("left", 0).written_by(&["left"]),
            field("right", pad).written_by(&["right"]),
        ];
        let layout = layout(2 * pad, pad, fields);
        assert_eq!(verdicts(&layout, 64), []);
        // Padding to 64 is half the job where lines have 128 bytes.
        let expected: &[_] = if pad == 64 { &[(Verdict::Likely, 0.5)] } else { &[] };
        assert_eq!(verdicts(&layout, 128), expected);
    }
}

#[test]
fn padding_without_alignment_still_separates_the_words_it_follows() {
    let mut left = FieldLayout::new("left", "Padded", 0..64).written_by(&["left"]);
    let mut right = FieldLayout::new("right", "Padded", 64..128).written_by(&["right"]);
    // Where nothing is known about the inside, all of it may be written.
    assert_eq!(
        verdicts(&layout(128, 8, vec![left.clone(), right.clone()]), 64),
        [(Verdict::Likely, 0.875)]
    );
    for field in [&mut left, &mut right] {
        field.inner = Some(Arc::new(layout_of_padded()));
    }
    assert_eq!(verdicts(&layout(128, 8, vec![left, right]), 64), []);
}

fn layout_of_padded() -> TypeLayout {
    layout(64, 8, vec![word("value", 0)])
}

#[test]
fn words_that_both_threads_need_are_shared_truly() {
    let header = |name, at| word(name, at).written_by(&["writer"]).read_by(&["reader"]);
    assert_eq!(verdicts(&layout(16, 16, vec![header("length", 0), header("pointer", 8)]), 64), []);
    let both = |name, at| word(name, at).written_by(&["a", "b"]);
    assert_eq!(verdicts(&layout(8, 8, vec![both("count", 0)]), 64), []);
    assert_eq!(verdicts(&layout(16, 16, vec![both("count", 0), both("sum", 8)]), 64), []);
}

#[test]
fn head_and_tail_of_a_queue_are_shared_falsely_although_each_side_reads_the_other() {
    let tail = word("tail", 0).written_by(&["producer"]).read_by(&["consumer"]);
    let head = word("head", 8).written_by(&["consumer"]).read_by(&["producer"]);
    assert_eq!(verdicts(&layout(16, 16, vec![tail, head]), 64), [(Verdict::Certain, 1.0)]);
}

#[test]
fn a_hot_word_beside_a_read_mostly_one_counts() {
    let hits = word("hits", 0).written_by(&["worker"]);
    let config = word("config", 8).read_by(&["router"]);
    let found = judge(&layout(16, 16, vec![config.clone(), hits]), 64);
    assert_eq!(found[0].verdict, Verdict::Certain);
    assert_eq!(found[0].pairs[0].fields, ["hits", "config"]);
    let clash =
        Clash::Declared { writer: "worker".into(), other: "router".into(), also_writes: false };
    assert_eq!(found[0].pairs[0].clash, clash);
    let own = word("hits", 0).written_by(&["router"]);
    assert_eq!(verdicts(&layout(16, 16, vec![own, config]), 64), []);
}

#[test]
fn undeclared_words_may_share_unless_the_declaration_is_complete() {
    let mut layout =
        layout(24, 8, vec![word("a", 0), word("b", 8), FieldLayout::new("n", "u64", 16..24)]);
    assert_eq!(verdicts(&layout, 64), [(Verdict::Maybe, 0.875)]);
    layout.fields[2].writers = vec!["owner".to_owned()];
    assert_eq!(verdicts(&layout, 64), []);
    layout.source = crate::Source::Dwarf;
    assert_eq!(verdicts(&layout, 64), [(Verdict::Maybe, 0.875)]);
}

#[test]
fn three_neighbours_are_one_group_and_certain_together() {
    let fields = ["a", "b", "c"].iter().enumerate();
    let fields = fields.map(|(at, name)| word(name, at * 8).written_by(&[name])).collect();
    let found = judge(&layout(24, 8, fields), 64);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].verdict, found[0].fields.len(), found[0].pairs.len()),
        (Verdict::Certain, 3, 3)
    );
    assert_eq!(found[0].pairs.iter().map(|p| p.starts.len()).collect::<Vec<_>>(), [7, 7, 6]);
}

#[test]
fn fields_a_line_apart_are_clean_and_a_type_of_nothing_is_too() {
    let fields = vec![word("a", 0).written_by(&["a"]), word("b", 64).written_by(&["b"])];
    assert_eq!(verdicts(&layout(72, 8, fields), 64), []);
    assert_eq!(verdicts(&layout(0, 1, vec![]), 64), []);
}
