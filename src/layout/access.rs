//! Who touches which bytes: a type seen through its nested fields, down to the words that matter.

use std::ops::Range;

use crate::layout::holes::footprint;
use crate::layout::{FieldLayout, Kind, Source, TypeLayout, Word};

/// One field, or a field of a field (`inner.count`), and everybody who uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The path to it from the type.
    pub path: String,
    /// The bytes it occupies, from the start of the type, without its own padding.
    pub bytes: Vec<Range<usize>>,
    /// Who writes it.
    pub writers: Vec<String>,
    /// Who reads it and does not write it.
    pub readers: Vec<String>,
    /// Plain, atomic or lock.
    pub word: Word,
    /// Made for several threads, but nobody said which: its writers are unknown.
    pub undeclared: bool,
}

impl Access {
    /// Whether `actor` needs these bytes.
    pub fn used_by(&self, actor: &str) -> bool {
        self.written_by(actor) || self.readers.iter().any(|reader| reader == actor)
    }

    /// Whether `actor` writes these bytes.
    pub fn written_by(&self, actor: &str) -> bool {
        self.writers.iter().any(|writer| writer == actor)
    }
}

/// The fields of `layout` that somebody uses together with others. A plain field whose own layout
/// is known and for which nobody is declared is replaced by its fields; a lock or an atomic is
/// never taken apart. Empty for a union or an enum: their fields are not alive together.
pub fn accesses(layout: &TypeLayout) -> Vec<Access> {
    let mut found = Vec::new();
    if layout.kind == Kind::Struct {
        let complete =
            layout.source == Source::Memoffset && layout.fields.iter().any(FieldLayout::declared);
        collect(&layout.fields, "", 0, complete, &mut found);
    }
    found
}

/// `complete`: the declaration names everybody, so a field without a writer has none.
fn collect(
    fields: &[FieldLayout],
    path: &str,
    base: usize,
    complete: bool,
    found: &mut Vec<Access>,
) {
    for field in fields {
        let path = if path.is_empty() {
            field.name.clone()
        } else {
            format!("{path}.{}", field.name)
        };
        let inner = field
            .inner
            .as_deref()
            .filter(|inner| inner.kind == Kind::Struct);
        if let Some(inner) = inner.filter(|_| field.word == Word::Plain && !field.declared()) {
            collect(&inner.fields, &path, base + field.offset, complete, found);
            continue;
        }
        found.push(Access {
            path,
            bytes: footprint(field)
                .iter()
                .map(|s| s.start + base..s.end + base)
                .collect(),
            writers: field.writers.clone(),
            readers: field.readers.clone(),
            word: field.word,
            undeclared: !complete && field.word != Word::Plain && !field.declared(),
        });
    }
}

#[cfg(test)]
#[allow(
    clippy::single_range_in_vec_init,
    reason = "one span is meant, not its numbers"
)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_field_is_seen_through_and_a_lock_is_not() {
        let lock = TypeLayout {
            size: 8,
            fields: vec![FieldLayout::new("futex", "AtomicU32", 0..4)],
            ..TypeLayout::default()
        };
        let mut mutex = FieldLayout::new("lock", "std::sync::poison::mutex::Mutex<()>", 8..16);
        mutex.inner = Some(Box::new(lock));
        let inner = TypeLayout {
            size: 16,
            fields: vec![FieldLayout::new("count", "AtomicU64", 0..8), mutex],
            source: Source::Dwarf,
            ..TypeLayout::default()
        };
        let mut field = FieldLayout::new("inner", "Inner", 16..32);
        field.inner = Some(Box::new(inner));
        let outer = TypeLayout {
            size: 32,
            fields: vec![field],
            source: Source::Dwarf,
            ..TypeLayout::default()
        };
        let found = accesses(&outer);
        let paths: Vec<_> = found
            .iter()
            .map(|a| (a.path.as_str(), a.bytes.clone()))
            .collect();
        assert_eq!(
            paths,
            [("inner.count", vec![16..24]), ("inner.lock", vec![24..28])]
        );
        assert!(found.iter().all(|access| access.undeclared));
    }
}
