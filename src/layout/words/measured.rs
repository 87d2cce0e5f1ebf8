//! Where objects of a type really started, beside the static verdict.

use crate::measure::Starts;
use crate::words::width::wrap;
use crate::{Judged, Language};

/// Pairs told one by one.
const TOLD: usize = 4;

/// What `starts` says about `judged`, in lines of at most `width` columns.
pub fn measured_text(judged: &Judged, starts: Option<&Starts>, width: usize) -> String {
    let Some(starts) = starts else {
        return "Measured here: nothing; the type has no bytes or too many.\n".to_owned();
    };
    let places = starts
        .counts
        .iter()
        .map(|&(start, _)| format!("{} start at byte {start}", percent(starts.share(&[start]))));
    let places = places.collect::<Vec<_>>().join(", ");
    let (objects, line) = (starts.objects, starts.line);
    let text = format!(
        "Measured here: of {objects} objects on the heap, in a line of {line} bytes, {places}."
    );
    let mut out = wrap(&text, width, 2) + "\n";
    if judged.layout.language == Language::Go {
        out.push_str("Go has an allocator of its own: --allocator go judges its starts.\n");
    }
    for pair in judged.drawn().iter().flat_map(|sharing| &sharing.pairs).take(TOLD) {
        let [first, second] = &pair.fields;
        let share = percent(starts.share(&pair.starts));
        let text = format!("{first} + {second} met in a line in {share}");
        out.push_str(&format!("  {}\n", wrap(&text, width.saturating_sub(2), 4)));
    }
    out
}

fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "under 1 %".to_owned(),
        share => format!("{share} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldLayout, TypeLayout};

    #[test]
    fn shares_are_told_for_each_pair() {
        let word = |name, at| FieldLayout::new(name, "AtomicU64", at..at + 8);
        let fields = vec![word("a", 0).written_by(&["a"]), word("b", 24).written_by(&["b"])];
        let judged =
            Judged::new(TypeLayout { size: 32, align: 8, fields, ..TypeLayout::default() }, 64);
        let starts = Starts {
            line: 64,
            counts: vec![(0, 299), (16, 400), (32, 1), (48, 300)],
            objects: 1000,
        };
        let expected = "\
Measured here: of 1000 objects on the heap, in a line of 64 bytes, 30 % start at
  byte 0, 40 % start at byte 16, under 1 % start at byte 32, 30 % start at byte
  48.
  a + b met in a line in 70 %
";
        assert_eq!(measured_text(&judged, Some(&starts), 80), expected);
    }
}
