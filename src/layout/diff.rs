//! Compares two layouts field by field: what a change of a type costs and what it moves.

use crate::TypeLayout;

/// Where a field lies: first byte and first byte after it.
pub type Span = (usize, usize);

/// A field of either type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The name of the field.
    pub name: String,
    /// Its bytes in the first type; `None` if it is new.
    pub before: Option<Span>,
    /// Its bytes in the second type; `None` if it is gone.
    pub after: Option<Span>,
}

/// The fields of both types, matched by name, by their place in the second; those that are gone
/// last.
pub fn diff(before: &TypeLayout, after: &TypeLayout) -> Vec<Move> {
    let mut rest: Vec<(&str, Span)> = spans(before);
    let mut moves = Vec::new();
    for (name, span) in spans(after) {
        let old = rest.iter().position(|(old, _)| *old == name).map(|at| rest.remove(at).1);
        moves.push(Move { name: name.to_owned(), before: old, after: Some(span) });
    }
    let gone = |(name, span): (&str, Span)| Move {
        name: name.to_owned(),
        before: Some(span),
        after: None,
    };
    moves.extend(rest.into_iter().map(gone));
    moves
}

fn spans(layout: &TypeLayout) -> Vec<(&str, Span)> {
    layout.fields.iter().map(|field| (field.name.as_str(), (field.offset, field.end()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldLayout;

    #[test]
    fn fields_move_come_and_go() {
        let layout = |fields: &[(&str, std::ops::Range<usize>)]| TypeLayout {
            fields: fields
                .iter()
                .map(|(name, at)| FieldLayout::new(name, "u64", at.clone()))
                .collect(),
            ..TypeLayout::default()
        };
        let before = layout(&[("a", 0..8), ("b", 8..16), ("c", 16..24)]);
        let after = layout(&[("a", 0..8), ("new", 8..16), ("b", 64..72)]);
        let told: Vec<_> = diff(&before, &after)
            .into_iter()
            .map(|moved| (moved.name, moved.before, moved.after))
            .collect();
        let expected = [
            ("a".to_owned(), Some((0, 8)), Some((0, 8))),
            ("new".to_owned(), None, Some((8, 16))),
            ("b".to_owned(), Some((8, 16)), Some((64, 72))),
            ("c".to_owned(), Some((16, 24)), None),
        ];
        assert_eq!(told, expected);
    }
}
