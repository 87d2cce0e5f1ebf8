//! The types of declared fields, as a checker's copy of a scenario has them.

/// A field as it was declared, with the name of its type in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The type that it is a field of, without its path.
    pub owner: &'static str,
    /// The name of the field.
    pub field: &'static str,
    /// Its type: `core::option::Option<std::sync::poison::mutex::Mutex<u64>>`.
    pub type_name: &'static str,
}

/// Goes through the declared fields of a scenario's memory.
///
/// [`Fields::inspect`](crate::Fields::inspect) is called for a checker's copy alone. There std's own
/// types are a mistake, and what they do when they are inspected does not compile.
#[derive(Debug, Default)]
pub struct Inspection {
    seen: Vec<&'static str>,
    fields: Vec<Declared>,
}

impl Inspection {
    /// Whether a type has not been gone through yet: one may point to its own kind.
    #[doc(hidden)]
    pub fn begins(&mut self, name: &'static str) -> bool {
        let new = !self.seen.contains(&name);
        if new {
            self.seen.push(name);
        }
        new
    }

    #[doc(hidden)]
    pub fn field(&mut self, owner: &'static str, field: &'static str, type_name: &'static str) {
        self.fields.push(Declared { owner: super::short(owner), field, type_name });
    }

    /// The fields that were declared.
    pub(crate) fn fields(self) -> Vec<Declared> {
        self.fields
    }
}
