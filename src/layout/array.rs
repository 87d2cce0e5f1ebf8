//! Objects beside each other: a type as the element of an array.

use std::sync::Arc;

use crate::{ElementWriter, FieldLayout, Repeat, TypeKind, TypeLayout};

/// The index of the object, under a name that nobody gives a writer.
const OBJECT: &str = "[__object]";

/// An array of `count` objects of this type, each with users of its own: who is declared to write a
/// field is, in the object of number i, `NAME of [i]`.
pub fn in_array(layout: &TypeLayout, count: usize) -> TypeLayout {
    let mut declared = Vec::new();
    let mut element = layout.clone();
    take(&mut element, OBJECT, &mut declared);
    let own = |of: &ElementWriter| ElementWriter {
        path: format!("{OBJECT}.{}", of.path),
        writer: format!("{} of {OBJECT}", of.writer),
    };
    declared.extend(std::mem::take(&mut element.elements).iter().map(own));
    let size = layout.size.saturating_mul(count);
    let mut field = FieldLayout::new("", &layout.name, 0..size);
    field.word = crate::Word::Plain;
    field.repeat = Some(Repeat { count, stride: layout.size });
    field.inner = Some(Arc::new(element));
    TypeLayout {
        name: format!("{}[{count}]", layout.name),
        size,
        kind: TypeKind::Struct,
        fields: vec![field],
        variants: Vec::new(),
        tag: None,
        elements: declared,
        ..layout.clone()
    }
}

/// Moves who is declared in `layout` to `declared`, as a path with the object's index before it.
fn take(layout: &mut TypeLayout, path: &str, declared: &mut Vec<ElementWriter>) {
    let mut fields = |fields: &mut [FieldLayout], path: &str| {
        for field in fields {
            let path = format!("{path}.{}", field.name);
            for writer in std::mem::take(&mut field.writers) {
                let writer = format!("{writer} of {OBJECT}");
                declared.push(ElementWriter { path: path.clone(), writer });
            }
            field.readers.clear();
            if let Some(inner) = &mut field.inner {
                take(Arc::make_mut(inner), &path, declared);
            }
        }
    };
    fields(&mut layout.fields, path);
    for variant in &mut layout.variants {
        fields(&mut variant.fields, &format!("{path}.{}", variant.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::Placement;
    use crate::sharing::{Verdict, judge};

    #[test]
    fn what_is_alone_in_its_object_has_a_neighbour_in_the_next() {
        let count = FieldLayout::new("count", "u64", 0..8).written_by(&["owner"]);
        let one = TypeLayout { size: 48, align: 8, fields: vec![count], ..TypeLayout::default() };
        assert!(judge(&one, 64, Placement::Aligned).is_empty());
        let found = judge(&in_array(&one, 3), 64, Placement::Aligned);
        assert_eq!(found[0].verdict, Verdict::Likely);
        assert_eq!(found[0].pairs[0].fields, ["[0].count", "[1].count"]);
    }
}
