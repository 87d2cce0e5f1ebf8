//! Pictures of layouts: what they draw and what they say.

use super::*;
use crate::layout::{FieldLayout, TypeLayout};

fn picture() -> String {
    let word = |name, at| FieldLayout::new(name, "AtomicU64", at..at + 8);
    let fields = vec![
        word("left", 0).written_by(&["left"]),
        FieldLayout::new("flag & more", "bool", 8..9).written_by(&["right"]),
        word("far", 256).read_by(&["left"]),
    ];
    let layout = TypeLayout {
        name: "Pair<u64>".into(),
        size: 264,
        align: 16,
        fields,
        ..TypeLayout::default()
    };
    svg(&[Judged::new(layout, 64)], &[])
}

#[test]
fn a_shared_line_is_framed_and_every_box_has_a_tooltip() {
    let svg = picture();
    assert_eq!(svg.matches("class=\"frame\"").count(), 1);
    assert!(svg.contains("<title>left, bytes 0..8</title>"), "{svg}");
    assert!(svg.contains("<title>flag &amp; more, bytes 8..9</title>"), "{svg}");
    assert!(svg.contains("Pair&lt;u64&gt;"), "{svg}");
    assert!(svg.contains("lines 1 to 3: padding"), "{svg}");
    assert!(svg.contains("prefers-color-scheme: dark"));
}

#[test]
fn boxes_are_to_scale() {
    let svg = picture();
    assert!(svg.contains("x=\"20\" y=\"90\" width=\"128\""), "{svg}");
    assert!(svg.contains("x=\"148\" y=\"90\" width=\"16\""), "{svg}");
}

#[test]
fn every_tag_is_closed() {
    let svg = picture();
    for tag in ["text", "rect", "svg", "style", "defs", "title"] {
        let opened = svg.matches(&format!("<{tag}")).count();
        let closed = svg.matches(&format!("</{tag}>")).count();
        let empty =
            svg.lines().filter(|l| l.contains(&format!("<{tag}")) && l.ends_with("/>")).count();
        assert_eq!(opened, closed + empty, "{tag}");
    }
}
