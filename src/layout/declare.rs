//! Says who writes a field of a type whose author did not.

use std::sync::Arc;

use crate::layout::TypeLayout;

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::FieldLayout;

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
}
