//! Where the words of an execution lie in the shared memory.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::TypeLayout;

/// Words by their names, as steps have them, and the bytes of each in the shared memory of the native
/// copy. A word that lies behind a pointer, or in a type that is not declared, has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places(Vec<(String, Range<usize>)>);

impl Places {
    /// The places of these words in a value of the first of these types.
    pub fn new<'n>(types: &[TypeLayout], names: impl Iterator<Item = &'n str>) -> Places {
        let mut places = Places::default();
        for name in names {
            if places.of(name).is_none()
                && let Some(place) = place(types, name)
            {
                places.0.push((name.to_string(), place));
            }
        }
        places
    }

    /// The bytes of the word of this name.
    pub fn of(&self, name: &str) -> Option<Range<usize>> {
        self.0.iter().find(|known| known.0 == name).map(|known| known.1.clone())
    }
}

/// The bytes of the word of this name in a value of the first of these types; none where it is not in
/// it, but behind a pointer, or where its type is not known.
fn place(types: &[TypeLayout], name: &str) -> Option<Range<usize>> {
    within(types, types.first()?, name)
}

fn within(types: &[TypeLayout], of: &TypeLayout, name: &str) -> Option<Range<usize>> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (own, mut rest) = name.split_at(end);
    let field = of.fields.iter().find(|field| field.name == own)?;
    let (mut at, mut size) = (field.offset, field.size);
    if let Some(index) = rest.strip_prefix('[') {
        let (index, after) = index.split_once(']')?;
        let repeat = field.repeat.filter(|repeat| repeat.stride > 0)?;
        let index: usize = index.parse().ok().filter(|index| *index < repeat.count)?;
        (at, size, rest) = (at + index * repeat.stride, repeat.stride, after);
    }
    let Some(rest) = rest.strip_prefix('.') else { return rest.is_empty().then(|| at..at + size) };
    let known = || types.iter().find(|known| known.path == field.type_name);
    let inner = field.inner.as_deref().or_else(known)?;
    let inside = within(types, inner, rest)?;
    Some(at + inside.start..at + inside.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{FieldLayout, Repeat};
    use std::sync::Arc;

    #[test]
    fn a_word_lies_where_its_path_leads() {
        let slot = TypeLayout {
            name: "Slot".into(),
            size: 8,
            fields: vec![FieldLayout::new("key", "u32", 0..4), FieldLayout::new("tag", "u8", 4..5)],
            ..TypeLayout::default()
        };
        let mut slots = FieldLayout::new("slots", "[Slot; 2]", 8..24);
        slots.repeat = Some(Repeat { count: 2, stride: 8 });
        slots.inner = Some(Arc::new(slot));
        let fields = vec![FieldLayout::new("count", "u64", 0..8), slots];
        let types = [TypeLayout { name: "Map".into(), size: 24, fields, ..TypeLayout::default() }];
        let names = ["count", "slots[1].tag", "slots[2].tag", "slots[1].x", "other", "count.low"];
        let places = Places::new(&types, names.into_iter().chain(["slots[x].tag"]));
        assert_eq!(places.of("count"), Some(0..8));
        assert_eq!(places.of("slots[1].tag"), Some(20..21));
        for nothing in ["slots[2].tag", "slots[1].x", "other", "count.low", "slots[x].tag"] {
            assert_eq!(places.of(nothing), None, "{nothing}");
        }
    }
}
