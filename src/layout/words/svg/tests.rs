//! Pictures of layouts: what they draw and what they say.

use super::*;
use crate::findings::Measured;
use crate::measure::Starts;
use crate::suggest::suggest;
use crate::{FieldLayout, TypeLayout};

fn picture() -> String {
    svg(&[pair()], &[])
}

fn pair() -> Judged {
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
    Judged::new(layout, 64)
}

/// The words of a picture, one run of them a line.
fn words(svg: &str) -> Vec<&str> {
    let inside = |line: &'_ str| {
        let start = line.starts_with("<text").then(|| line.find('>')).flatten()?;
        Some((start + 1, line.rfind("</text>")?))
    };
    svg.lines().filter_map(|line| inside(line).map(|(from, to)| &line[from..to])).collect()
}

#[test]
fn what_was_found_out_is_drawn_and_told() {
    let judged = pair();
    let starts = Starts { line: 64, counts: vec![(0, 3), (48, 1)], objects: 4 };
    let found = Findings {
        suggestion: Some(suggest(&judged)),
        measured: Some(Measured { starts: Some(starts), cost: None }),
        ..Findings::default()
    };
    let svg = svg(std::slice::from_ref(&judged), &[found]);
    let words = words(&svg);
    for expected in [
        "Now: Pair&lt;u64&gt;",
        "Suggested: Pair&lt;u64&gt;",
        "1 left, far (written by left)",
        "2 flag &amp; more (written by right)",
        "75 % start at byte 0, 25 % start at byte 48.",
        "Measured are the starts only",
    ] {
        assert!(words.iter().any(|word| word.contains(expected)), "{expected}: {words:#?}");
    }
    assert_eq!(svg.matches("class=\"frame\"").count(), 1, "the suggested order shares nothing");
    assert_eq!(words.iter().filter(|word| word.starts_with("line ")).count(), 4, "{words:?}");
    assert!(!svg.contains('\x1b'));
    // To scale, in columns of 492 pixels.
    assert!(svg.contains("x=\"20\" y=\"90\" width=\"61\""), "{svg}");
    assert!(svg.contains("x=\"552\" y=\"90\" width=\"61\""), "{svg}");
}

#[test]
fn a_comparison_has_its_price_below() {
    let (before, mut apart) = (pair(), pair().layout);
    (apart.size, apart.align, apart.fields[1].offset) = (320, 64, 64);
    let svg = diff_svg(&before, &Judged::new(apart, 64));
    let words = words(&svg);
    assert!(words.contains(&"Size: 264 bytes before, 320 bytes after (+56, x1.2)."), "{words:#?}");
    let told = |word: &&str| word.starts_with("Sharing in lines of 64 bytes: CERTAIN");
    assert!(words.iter().any(told), "{words:#?}");
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
