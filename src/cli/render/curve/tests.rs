//! A curve in words, in letters and as a picture.

use super::*;
use racelab::explore::native::figures::CostReport;
use racelab::explore::native::spread::Spread;

fn report() -> CurveReport {
    let figures = |name: &str, ns: f64| Figures {
        name: name.to_owned(),
        ns_per_operation: Spread::of(&[ns * 0.9, ns, ns * 1.1]),
        threads: Vec::new(),
        ratio: None,
        ratios: None,
        kept: 3,
        tried: 3,
        window_ns: 5e4,
    };
    let point = |at: u64, finding| Point {
        at,
        report: CostReport {
            finding,
            variants: vec![figures("broken", 10.0 * at as f64), figures("fixed", 100.0)],
            latency: None,
            cpus: vec![0],
            pinned: true,
            elapsed: std::time::Duration::ZERO,
            notes: Vec::new(),
        },
    };
    CurveReport {
        name: "size".to_owned(),
        title: "a write, by the size of the map".to_owned(),
        axis: "keys".to_owned(),
        unit: "write".to_owned(),
        baseline: "fixed".to_owned(),
        points: vec![point(1, Finding::Measured), point(100, Finding::TooDisturbed)],
        out_of_reach: vec![4],
        crossings: vec![Crossing {
            variant: "broken".to_owned(),
            between: [1, 100],
            near: 10.0,
            cheaper_beyond: false,
        }],
    }
}

#[test]
fn a_curve_is_drawn_and_its_values_stand_below() {
    let page = Page { width: 50, ..Page::default() };
    let text = text(&report(), &page);
    assert!(text.lines().all(|line| line.chars().count() <= 50), "{text}");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("1.0k +") && text.contains("A"), "{text}");
    assert!(text.contains("A broken") && text.contains("B fixed"), "{text}");
    assert!(text.contains("1.0k (920-1.1k)"), "{text}");
    assert!(text.contains("from about 10 keys on"), "{text}");
    assert!(text.contains("disturbed the measurement at 100 keys"), "{text}");
    assert!(text.contains("Not measured: 4 keys"), "{text}");
}

#[test]
fn words_draw_nothing() {
    let text = text(&report(), &Page { plain: true, ..Page::default() });
    assert!(text.contains("1 keys: broken 10 ns, from 9.2 to 11; fixed 100 ns"), "{text}");
    assert!(!text.contains('|'), "{text}");
}

#[test]
fn colour_changes_no_letter() {
    let page = Page::default();
    let coloured = super::text(&report(), &Page { colour: true, ..page });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        bare += before;
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    assert_eq!(bare + rest, super::text(&report(), &page));
}

#[test]
fn a_picture_has_its_lines_and_its_words() {
    let picture = svg(&[report(), report()]);
    assert_eq!(picture.matches("<polyline").count(), 4);
    assert_eq!(picture.matches("<title>").count(), 8);
    assert!(picture.contains("A broken") && picture.contains("CROSSOVER"));
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
}
