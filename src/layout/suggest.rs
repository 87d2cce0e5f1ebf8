//! Proposes another order of fields: by who uses them first, by size second.

use crate::access::{Access, accesses};
use crate::placement::Placement;
use crate::sharing::{Pair, clash, judge};
use crate::{FieldLayout, Judged, TypeKind, TypeLayout, Word};

/// Fields that nobody disturbs in one another's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Everybody who writes one of them; empty for fields that nobody writes.
    pub writers: Vec<String>,
    /// The fields in the proposed order.
    pub fields: Vec<String>,
}

/// What to do about a layout.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggestion {
    /// Each group at the start of a line of its own; the layout that follows,
    /// judged for the same lines (sharing inside one field remains).
    Separate(Vec<Group>, Box<Judged>),
    /// No sharing to end; in this order the type is smaller and nothing comes closer.
    Reorder(Box<Judged>),
    /// The order by size would save these bytes, but these two would meet in a line.
    Refused(usize, Box<Pair>),
    /// Nothing to gain.
    Keep,
    /// A union or an enum: the fields are not alive together.
    NotAStruct,
}

/// What could be done about `judged`, for the lines it is drawn in.
pub fn suggest(judged: &Judged) -> Suggestion {
    let layout = &judged.layout;
    if layout.kind != TypeKind::Struct || layout.fields.iter().any(|field| field.bits.is_some()) {
        return Suggestion::NotAStruct;
    }
    let line = judged.cache_line;
    if !judged.drawn().is_empty() {
        let groups = groups(layout);
        let order: Vec<Vec<&FieldLayout>> =
            groups.iter().map(|(_, fields)| fields.clone()).collect();
        let named = groups.iter().map(|(writers, fields)| Group {
            writers: writers.clone(),
            fields: fields.iter().map(|field| field.name.clone()).collect(),
        });
        let separate = Judged::new(laid_out(layout, &order, line), line);
        return Suggestion::Separate(named.collect(), Box::new(separate));
    }
    let mut fields: Vec<&FieldLayout> = layout.fields.iter().collect();
    by_size(&mut fields, layout.align);
    let smaller = laid_out(layout, &[fields], 1);
    match layout.size.checked_sub(smaller.size) {
        None | Some(0) => Suggestion::Keep,
        Some(saved) => match judge(&smaller, line, Placement::Aligned).into_iter().next() {
            Some(sharing) => Suggestion::Refused(saved, Box::new(sharing.pairs[0].clone())),
            None => Suggestion::Reorder(Box::new(Judged::new(smaller, line))),
        },
    }
}

type Member<'a> = (&'a FieldLayout, Access);
type Members<'a> = Vec<Member<'a>>;

/// The writers of a group, and its fields.
type Named<'a> = (Vec<String>, Vec<&'a FieldLayout>);

/// The fields in groups within which none disturbs another. Fields with the same writers come
/// first into a group, so that others join only what they do not harm.
fn groups(layout: &TypeLayout) -> Vec<Named<'_>> {
    let members = layout.fields.iter().map(|field| (field, whole(layout, field)));
    let mut members: Members<'_> = members.collect();
    // Written ones first: what nobody writes may lie beside what its readers alone write.
    members.sort_by_key(|(_, access)| (access.writers.is_empty(), access.word == Word::Plain));
    let mut groups: Vec<Members<'_>> = Vec::new();
    for member in members {
        let access = &member.1;
        let fits =
            |group: &Members<'_>| group.iter().all(|(_, other)| clash(other, access).is_none());
        let same =
            |group: &Members<'_>| group.iter().any(|(_, other)| other.writers == access.writers);
        // What an actor only reads is at home beside what it alone writes.
        let own = |group: &Members<'_>| {
            let mut writers = group.iter().flat_map(|(_, other)| &other.writers);
            access.writers.is_empty() && writers.all(|writer| access.used_by(writer))
        };
        let first = |wish: &dyn Fn(&Members<'_>) -> bool| {
            groups.iter().position(|group| fits(group) && wish(group))
        };
        match first(&same).or_else(|| first(&own)).or_else(|| first(&|_| true)) {
            Some(at) => groups[at].push(member),
            None => groups.push(vec![member]),
        }
    }
    let mut groups: Vec<Named<'_>> = groups.into_iter().map(named).collect();
    for (_, fields) in &mut groups {
        by_size(fields, layout.align);
    }
    groups
}

fn named(group: Members<'_>) -> Named<'_> {
    let writers = group.iter().flat_map(|(_, access)| access.writers.clone());
    let mut writers: Vec<String> = writers.collect();
    writers.sort();
    writers.dedup();
    (writers, group.into_iter().map(|(field, _)| field).collect())
}

/// A direct field as one access: used by everybody who uses a part of it.
fn whole(layout: &TypeLayout, field: &FieldLayout) -> Access {
    let mut whole = Access {
        path: field.name.clone(),
        bytes: std::iter::once(field.offset..field.end()).collect(),
        writers: field.writers.clone(),
        readers: field.readers.clone(),
        word: field.word,
        ..Access::default()
    };
    let bytes =
        |part: &Access| part.bytes.iter().all(|b| b.start >= field.offset && b.end <= field.end());
    for part in
        accesses(layout).iter().filter(|part| part.path.starts_with(&field.name) && bytes(part))
    {
        whole.writers.extend(part.writers.iter().filter(|w| !field.writers.contains(w)).cloned());
        whole.readers.extend(part.readers.iter().filter(|r| !field.readers.contains(r)).cloned());
        whole.undeclared |= part.undeclared;
        if part.word != Word::Plain {
            whole.word = part.word;
        }
    }
    whole
}

/// The strictest alignment first, then the largest: no holes between, but at the end.
fn by_size(fields: &mut [&FieldLayout], most: usize) {
    fields.sort_by_key(|field| std::cmp::Reverse((align(field, most), field.size)));
}

/// The type with its fields in this order, each group at the start of a line.
fn laid_out(layout: &TypeLayout, groups: &[Vec<&FieldLayout>], line: usize) -> TypeLayout {
    let mut new = TypeLayout { fields: Vec::new(), notes: Vec::new(), ..layout.clone() };
    new.align = layout.align.max(line);
    let mut at = 0usize;
    for group in groups {
        at = at.next_multiple_of(line);
        for &field in group {
            at = at.next_multiple_of(align(field, layout.align));
            new.fields.push(FieldLayout { offset: at, ..field.clone() });
            at += field.size;
        }
    }
    new.size = at.next_multiple_of(new.align.max(1));
    new
}

/// The alignment of a field: its type's, or what its size and place allow.
fn align(field: &FieldLayout, most: usize) -> usize {
    let lowest_bit = |number: usize| number & number.wrapping_neg();
    let known = field.inner.as_ref().map_or(0, |inner| inner.align);
    let guess = [field.size, field.offset].into_iter().filter(|&n| n > 0).map(lowest_bit).min();
    if known > 0 { known } else { guess.unwrap_or(1).min(most).max(1) }
}

#[cfg(test)]
mod tests;
