//! Says who writes a field where that does not follow from its type's own declaration.

use std::sync::Arc;

use crate::layout::indexed::{Step, steps};
use crate::layout::{ElementWriter, FieldLayout, TypeLayout};

impl TypeLayout {
    /// Adds `writer` to the writers of the field at `path` (`count`, `inner.count`, `slots[i].n`);
    /// whether there is such a field. The actor is no longer a mere reader of it. The name of an
    /// unnamed member, of a base class or of a variant may be left out. With an index, single
    /// elements are meant, and the index in the actor's name is replaced: `thread i`.
    pub fn declare_writer(&mut self, path: &str, writer: &str) -> bool {
        let Some(steps) = steps(path).filter(|steps| !steps.is_empty()) else {
            return false;
        };
        if !steps.iter().any(|step| matches!(step, Step::Element(_))) {
            return self.declare(&steps, writer);
        }
        let known = self.clone().declare(&steps, writer);
        if known {
            let (path, writer) = (path.to_owned(), writer.to_owned());
            self.elements.push(ElementWriter { path, writer });
        }
        known
    }

    fn declare(&mut self, steps: &[Step], writer: &str) -> bool {
        let variants = self.variants.iter_mut();
        let named = variants.filter(|variant| steps[0] == Step::Field(variant.name.clone()));
        for variant in named {
            if steps.len() > 1 && declare_in(&mut variant.fields, &steps[1..], writer) {
                return true;
            }
        }
        if declare_in(&mut self.fields, steps, writer) {
            return true;
        }
        // Without the variant's name, in whichever has the field.
        let mut known = false;
        for variant in &mut self.variants {
            known |= declare_in(&mut variant.fields, steps, writer);
        }
        known
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

fn declare_in(fields: &mut [FieldLayout], steps: &[Step], writer: &str) -> bool {
    for field in fields.iter_mut() {
        // A field without a name of its own is the array that the whole type is.
        let rest = match &steps[0] {
            Step::Field(name) if *name == field.name => &steps[1..],
            Step::Element(_) if field.name.is_empty() => steps,
            _ => continue,
        };
        let Some(inside) = through(field, rest) else {
            continue;
        };
        if inside.is_empty() {
            if !field.writers.iter().any(|known| known == writer) {
                field.writers.push(writer.to_owned());
            }
            field.readers.retain(|reader| reader != writer);
            return true;
        }
        let inner = field.inner.as_mut();
        if inner.is_some_and(|inner| Arc::make_mut(inner).declare(inside, writer)) {
            return true;
        }
    }
    // C names the fields of an unnamed member as its own, and C++ those of a base.
    fields.iter_mut().filter(|field| field.name.starts_with('(')).any(|field| {
        let inner = field.inner.as_mut();
        inner.is_some_and(|inner| Arc::make_mut(inner).declare(steps, writer))
    })
}

/// What remains of `steps` behind the indices into `field`; `None` if it has not so many elements.
fn through<'s>(field: &FieldLayout, steps: &'s [Step]) -> Option<&'s [Step]> {
    let one = field.repeat.map(|repeat| vec![repeat.count]).unwrap_or_default();
    let shape = if field.shape.is_empty() { &one } else { &field.shape };
    let indices = steps.iter().take_while(|step| matches!(step, Step::Element(_))).count();
    if indices > shape.len() {
        return None;
    }
    for (step, &length) in steps.iter().zip(shape) {
        if let Step::Element(index) = step
            && !index.reaches(length)
        {
            return None;
        }
    }
    Some(&steps[indices..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Repeat;

    fn nested(inner: TypeLayout, name: &str, repeat: Option<Repeat>) -> TypeLayout {
        let size = inner.size * repeat.map_or(1, |repeat| repeat.count);
        let mut outer = FieldLayout::new(name, "Inner", 0..size);
        (outer.inner, outer.repeat) = (Some(Arc::new(inner)), repeat);
        TypeLayout { size, fields: vec![outer], ..TypeLayout::default() }
    }

    fn count() -> TypeLayout {
        let fields = vec![FieldLayout::new("count", "u64", 0..8).read_by(&["owner"])];
        TypeLayout { size: 8, fields, ..TypeLayout::default() }
    }

    #[test]
    fn a_writer_is_added_to_a_field_or_a_nested_one() {
        let mut layout = nested(count(), "inner", None);
        assert!(layout.declare_writer("inner.count", "owner"));
        assert!(layout.declare_writer("inner.count", "owner"));
        assert!(!layout.declare_writer("inner.counter", "owner"));
        assert!(!layout.declare_writer("count", "owner"));
        assert!(!layout.declare_writer("inner[0].count", "owner"));
        assert!(!layout.declare_writer("", "owner"));
        let count = &layout.fields[0].inner.as_ref().expect("just put there").fields[0];
        assert_eq!((count.writers.len(), count.readers.len()), (1, 0));
    }

    #[test]
    fn elements_have_writers_of_their_own_and_unnamed_members_are_passed_by() {
        let mut layout = nested(count(), "slots", Some(Repeat { count: 4, stride: 8 }));
        assert!(layout.declare_writer("slots[i].count", "thread i"));
        assert!(layout.declare_writer("slots[3]", "last"));
        assert!(!layout.declare_writer("slots[4]", "beyond"));
        assert!(!layout.declare_writer("slots[0][0]", "flat"));
        assert_eq!(layout.elements.len(), 2);
        assert!(layout.fields[0].writers.is_empty());
        for name in ["(anonymous)", "(Base)"] {
            let mut layout = nested(count(), name, None);
            assert!(layout.declare_writer("count", "owner"), "{name}");
            assert!(layout.declare_writer(&format!("{name}.count"), "owner"), "{name}");
        }
    }

    #[test]
    fn a_type_used_by_several_is_used_by_one_in_a_field_of_his() {
        let count = FieldLayout::new("count", "AtomicU64", 0..8).written_by(&["left", "right"]);
        let padded = TypeLayout { size: 64, fields: vec![count], ..TypeLayout::default() };
        let of_left = FieldLayout::new("first", "Padded", 0..64).written_by(&["left"]);
        assert_eq!(padded.within(&of_left).fields[0].writers, ["left"]);
    }
}
