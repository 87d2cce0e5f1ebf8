//! A program of a few types, sorted, filtered, and held against what it was.

use super::*;
use crate::{Declared, FieldLayout};
use baseline::worse;
use builds::changes;

fn word(name: &str, at: usize) -> FieldLayout {
    FieldLayout::new(name, "_Atomic(long)", at..at + 8)
}

fn judged(name: &str, size: usize, fields: Vec<FieldLayout>) -> Judged {
    let declared = Some(Declared { file: "src/a.c".to_owned(), line: 7 });
    let layout = TypeLayout {
        name: name.to_owned(),
        size,
        align: 8,
        fields,
        declared,
        source: crate::Source::Dwarf,
        ..TypeLayout::default()
    };
    Judged::new(layout, 64)
}

fn program() -> Vec<Judged> {
    vec![
        judged("pair", 16, vec![word("a", 0), word("b", 8)]),
        judged("loose", 32, vec![FieldLayout::new("c", "char", 0..1), word("n", 24)]),
        judged("tight", 8, vec![FieldLayout::new("n", "long", 0..8)]),
    ]
}

fn names(wanted: &Wanted) -> Vec<String> {
    audit(&program(), &Found::default(), wanted).into_iter().map(|row| row.name).collect()
}

#[test]
fn types_are_sorted_and_filtered() {
    assert_eq!(names(&Wanted::default()), ["loose", "pair", "tight"]);
    assert_eq!(names(&Wanted { sort: Column::Verdict, ..Wanted::default() })[0], "pair");
    assert_eq!(names(&Wanted { min_hole: Some(8), ..Wanted::default() }), ["loose"]);
    let least = Some(Verdict::Maybe);
    assert_eq!(names(&Wanted { min_verdict: least, ..Wanted::default() }), ["pair"]);
    let contains = Some("char".to_owned());
    assert_eq!(names(&Wanted { contains, ..Wanted::default() }), ["loose"]);
    assert!(names(&Wanted { source: Some("other".to_owned()), ..Wanted::default() }).is_empty());
    let row = &audit(&program(), &Found::default(), &Wanted::default())[0];
    assert_eq!((row.holes, row.largest_hole, row.waste, row.lines), (1, 23, 23, 2));
}

#[test]
fn only_what_is_worse_than_the_baseline_is_told() {
    let rows = audit(&program(), &Found::default(), &Wanted::default());
    let baseline = crate::words::json::audit_json(&rows, &Found::default());
    assert!(worse(&rows, &baseline).expect("a baseline").is_empty());
    let mut later = program();
    later[2] = judged("tight", 24, vec![word("n", 0), word("m", 16)]);
    later.push(judged("new", 16, vec![word("a", 0), word("b", 8)]));
    let rows = audit(&later, &Found::default(), &Wanted::default());
    let told = worse(&rows, &baseline).expect("a baseline");
    let told: Vec<_> = told.iter().map(|w| (w.row.name.as_str(), w.why.len())).collect();
    assert_eq!(told, [("tight", 2), ("new", 1)]);
    assert!(worse(&rows, "{}").is_err());
}

#[test]
fn two_builds_differ_where_a_type_grew_or_a_verdict_is_new() {
    let mut later = program();
    later[2] = judged("tight", 24, vec![FieldLayout::new("n", "long", 0..8), word("m", 16)]);
    later.remove(1);
    let found = changes(&program(), &later);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].name.as_str(), found[0].sizes), ("tight", [Some(8), Some(24)]));
    assert_eq!(found[0].moves.len(), 1);
    assert_eq!((found[1].name.as_str(), found[1].sizes[1]), ("loose", None));
}
