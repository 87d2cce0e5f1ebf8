//! Says who writes a field where that does not follow from its type's own declaration.

use std::sync::Arc;

use crate::layout::{FieldLayout, TypeLayout};

impl TypeLayout {
    /// Adds `writer` to the writers of the field at `path` (`count`, `inner.count`); whether there
    /// is such a field. The actor is no longer a mere reader of it.
    pub fn declare_writer(&mut self, path: &str, writer: &str) -> bool {
        for field in &mut self.fields {
            if field.name == path {
                if !field.writers.iter().any(|known| known == writer) {
                    field.writers.push(writer.to_owned());
                }
                field.readers.retain(|reader| reader != writer);
                return true;
            }
            let nested = path.strip_prefix(&field.name).and_then(|rest| rest.strip_prefix('.'));
            if let (Some(rest), Some(inner)) = (nested, &mut field.inner)
                && Arc::make_mut(inner).declare_writer(rest, writer)
            {
                return true;
            }
        }
        false
    }

    /// The layout as that of `outer`: of those who use a value of this type anywhere, only the users
    /// of `outer` use this one.
    pub(crate) fn within(mut self, outer: &FieldLayout) -> TypeLayout {
        for field in &mut self.fields {
            let uses =
                |actor: &String| outer.writers.contains(actor) || outer.readers.contains(actor);
            field.writers.retain(uses);
            field.readers.retain(uses);
            field.inner =
                field.inner.take().map(|inner| Arc::new(Arc::unwrap_or_clone(inner).within(field)));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_is_added_to_a_field_or_a_nested_one() {
        let fields = vec![FieldLayout::new("count", "u64", 0..8).read_by(&["owner"])];
        let inner = TypeLayout { size: 8, fields, ..TypeLayout::default() };
        let mut outer = FieldLayout::new("inner", "Inner", 0..8);
        outer.inner = Some(Arc::new(inner));
        let mut layout = TypeLayout { size: 8, fields: vec![outer], ..TypeLayout::default() };
        assert!(layout.declare_writer("inner.count", "owner"));
        assert!(layout.declare_writer("inner.count", "owner"));
        assert!(!layout.declare_writer("inner.counter", "owner"));
        assert!(!layout.declare_writer("", "owner"));
        let count = &layout.fields[0].inner.as_ref().expect("just put there").fields[0];
        assert_eq!((count.writers.len(), count.readers.len()), (1, 0));
    }

    #[test]
    fn a_type_used_by_several_is_used_by_one_in_a_field_of_his() {
        let count = FieldLayout::new("count", "AtomicU64", 0..8).written_by(&["left", "right"]);
        let padded = TypeLayout { size: 64, fields: vec![count], ..TypeLayout::default() };
        let of_left = FieldLayout::new("first", "Padded", 0..64).written_by(&["left"]);
        assert_eq!(padded.within(&of_left).fields[0].writers, ["left"]);
    }
}
