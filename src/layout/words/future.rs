//! The largest way through a future: which call is being waited for, and in it the next.

use crate::words::width::{count, wrap};
use crate::{FieldLayout, TypeKind, TypeLayout, Variant};

/// Futures in futures in futures: deeper ones are not followed.
const DEEPEST: usize = 64;

/// The states in which each future on the way waits for its largest part, in lines of at most
/// `width` columns; `None` for a type that waits for nothing.
pub(crate) fn largest_path(layout: &TypeLayout, width: usize) -> Option<String> {
    let mut parts = Vec::new();
    let mut of = layout;
    while let Some((variant, awaited)) = largest(of).filter(|_| parts.len() < DEEPEST) {
        let line = variant.line.map_or(String::new(), |line| format!(", line {line}"));
        let name = crate::names::short(&awaited.type_name);
        parts.push(format!("{}{line}: {name} ({})", variant.name, count(awaited.size, "byte")));
        of = awaited.inner.as_deref()?;
    }
    let text = format!("Largest path of waiting: {}.", parts.join(" > "));
    (!parts.is_empty()).then(|| wrap(&text, width, 2) + "\n")
}

/// The state that waits for the largest other future, and that.
fn largest(layout: &TypeLayout) -> Option<(&Variant, &FieldLayout)> {
    let variants = layout.variants.iter().filter(|_| layout.kind == TypeKind::Enum);
    let awaited = variants.flat_map(|variant| {
        let field = variant.fields.iter().find(|field| field.name == "__awaitee");
        field.map(|field| (variant, field))
    });
    awaited.max_by_key(|(_, field)| field.size)
}
