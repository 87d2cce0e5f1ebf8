//! Who touches which bytes: a type seen through its nested fields, down to the words that matter.

use std::ops::Range;

use crate::holes::footprint;
use crate::{FieldLayout, Repeat, Source, TypeKind, TypeLayout, Word};

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

/// An array is looked into as far as a pair of the longest lines reaches; what follows repeats it.
const ELEMENTS_END: usize = 128;

/// The fields of `layout` that somebody uses together with others. A plain field whose own layout
/// is known and for which nobody is declared is replaced by its fields; a lock or an atomic is
/// never taken apart. Of an array of synchronised words the first elements stand apart. Empty for
/// a union or an enum: their fields are not alive together.
pub fn accesses(layout: &TypeLayout) -> Vec<Access> {
    let mut found = Vec::new();
    if layout.kind == TypeKind::Struct {
        let declared = layout.fields.iter().any(FieldLayout::declared);
        let complete = layout.source == Source::Memoffset && declared;
        Collector { complete, found: &mut found }.fields(&layout.fields, "", 0);
    }
    found
}

struct Collector<'a> {
    /// The declaration names everybody, so a field without a writer has none.
    complete: bool,
    found: &'a mut Vec<Access>,
}

impl Collector<'_> {
    fn fields(&mut self, fields: &[FieldLayout], path: &str, base: usize) {
        for field in fields {
            let path = match path {
                "" => field.name.clone(),
                path => format!("{path}.{}", field.name),
            };
            self.field(field, path, base);
        }
    }

    fn field(&mut self, field: &FieldLayout, path: String, base: usize) {
        match (field.repeat, &field.inner) {
            _ if field.declared() => self.whole(field, path, base),
            (Some(repeat), _) if repeat.count > 1 && synchronised(field) => {
                self.elements(field, repeat, &path, base);
            }
            (None, Some(inner)) if field.word == Word::Plain && inner.kind == TypeKind::Struct => {
                self.fields(&inner.fields, &path, base + field.offset);
            }
            _ => self.whole(field, path, base),
        }
    }

    /// The first elements of an array one by one, the rest as one.
    fn elements(&mut self, field: &FieldLayout, repeat: Repeat, path: &str, base: usize) {
        let apart = repeat.count.min(ELEMENTS_END / repeat.stride.max(1) + 1).max(2);
        let element = FieldLayout { repeat: None, ..field.clone() };
        for index in 0..apart {
            let offset = field.offset + index * repeat.stride;
            let element = FieldLayout { offset, size: repeat.stride, ..element.clone() };
            self.field(&element, format!("{path}[{index}]"), base);
        }
        let offset = (field.offset + apart * repeat.stride).min(field.end());
        let rest = FieldLayout { offset, size: field.end() - offset, inner: None, ..element };
        if rest.size > 0 {
            self.whole(&rest, format!("{path}[{apart}..]"), base);
        }
    }

    fn whole(&mut self, field: &FieldLayout, path: String, base: usize) {
        let undeclared = !self.complete && field.word != Word::Plain && !field.declared();
        self.found.push(Access {
            path,
            bytes: footprint(field).iter().map(|s| s.start + base..s.end + base).collect(),
            writers: field.writers.clone(),
            readers: field.readers.clone(),
            word: field.word,
            undeclared,
        });
    }
}

/// Whether the field is, or holds by value, an atomic or a lock.
fn synchronised(field: &FieldLayout) -> bool {
    let inside = |inner: &TypeLayout| inner.fields.iter().any(synchronised);
    field.word != Word::Plain || field.inner.as_deref().is_some_and(inside)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one span is meant, not its numbers")]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn dwarf(size: usize, fields: Vec<FieldLayout>) -> TypeLayout {
        TypeLayout { size, fields, source: Source::Dwarf, ..TypeLayout::default() }
    }

    fn paths(layout: &TypeLayout) -> Vec<(String, Vec<Range<usize>>)> {
        accesses(layout).into_iter().map(|access| (access.path, access.bytes)).collect()
    }

    #[test]
    fn a_plain_field_is_seen_through_and_a_lock_is_not() {
        let lock = dwarf(8, vec![FieldLayout::new("futex", "AtomicU32", 0..4)]);
        let mut mutex = FieldLayout::new("lock", "std::sync::poison::mutex::Mutex<()>", 8..16);
        mutex.inner = Some(Arc::new(lock));
        let inner = dwarf(16, vec![FieldLayout::new("count", "AtomicU64", 0..8), mutex]);
        let mut field = FieldLayout::new("inner", "Inner", 16..32);
        field.inner = Some(Arc::new(inner));
        let outer = dwarf(32, vec![field]);
        let expected = [("inner.count".into(), vec![16..24]), ("inner.lock".into(), vec![24..28])];
        assert_eq!(paths(&outer), expected);
        assert!(accesses(&outer).iter().all(|access| access.undeclared));
    }

    #[test]
    fn the_first_elements_of_an_array_of_atomics_stand_apart() {
        let mut field = FieldLayout::new("hits", "[AtomicU64; 3]", 8..32);
        field.repeat = Some(Repeat { count: 3, stride: 8 });
        let found = paths(&dwarf(32, vec![field.clone()]));
        assert_eq!(found[2], ("hits[2]".into(), vec![24..32]));
        field.size = 8000;
        field.repeat = Some(Repeat { count: 1000, stride: 8 });
        let found = paths(&dwarf(8008, vec![field]));
        assert_eq!((found.len(), &found[17]), (18, &("hits[17..]".into(), vec![144..8008])));
        let mut plain = FieldLayout::new("bytes", "[u8; 8]", 0..8);
        plain.repeat = Some(Repeat { count: 8, stride: 1 });
        assert_eq!(paths(&dwarf(8, vec![plain])), [("bytes".into(), vec![0..8])]);
    }
}
