//! Where objects of a type really started, beside the static verdict.

use crate::layout::Judged;
use crate::layout::measure::Starts;
use crate::render::layout::width::wrap;

/// Pairs told one by one.
const TOLD: usize = 4;

/// What `starts` says about `judged`, in lines of at most `width` columns.
pub fn measured_text(judged: &Judged, starts: Option<&Starts>, width: usize) -> String {
    let Some(starts) = starts else {
        return "Measured here: nothing; the type has no bytes or too many.\n".to_owned();
    };
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let places = starts
        .counts
        .iter()
        .map(|&(start, _)| format!("{} at byte {start}", percent(starts.share(&[start]))));
    let places = places.collect::<Vec<_>>().join(", ");
    let (objects, line) = (starts.objects, starts.line);
    let text = format!(
        "Measured here: of {objects} objects on the heap started in a line of {line} bytes {places}."
    );
    let mut out = wrap(&text, width, 2) + "\n";
    for pair in judged.drawn().iter().flat_map(|sharing| &sharing.pairs).take(TOLD) {
        let [first, second] = &pair.fields;
        let share = percent(starts.share(&pair.starts));
        let text = format!("{first} + {second} met in a line in {share}");
        out.push_str(&format!("  {}\n", wrap(&text, width.saturating_sub(2), 4)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{FieldLayout, TypeLayout};

    #[test]
    fn shares_are_told_for_each_pair() {
        let word = |name, at| FieldLayout::new(name, "AtomicU64", at..at + 8);
        let fields = vec![word("a", 0).written_by(&["a"]), word("b", 24).written_by(&["b"])];
        let judged =
            Judged::new(TypeLayout { size: 32, align: 8, fields, ..TypeLayout::default() }, 64);
        let starts = Starts { line: 64, counts: vec![(0, 30), (16, 40), (48, 30)], objects: 100 };
        let expected = "\
Measured here: of 100 objects on the heap started in a line of 64 bytes 30 % at
  byte 0, 40 % at byte 16, 30 % at byte 48.
  a + b met in a line in 70 %
";
        assert_eq!(measured_text(&judged, Some(&starts), 80), expected);
    }
}
