//! Who touches which bytes: a type seen through its nested fields, down to the words that matter.

mod bits;
mod elements;
mod written;

use std::ops::Range;

use crate::holes::footprint;
use crate::{FieldLayout, Source, TypeKind, TypeLayout, Word};

use elements::{Element, elements};
use written::Declarations;

/// One field, or a field of a field (`inner.count`), and everybody who uses it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Access {
    /// The path to it from the type: `slots[3].count`.
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
    /// The unions and enums it lies in, each with the number of the member or variant: two of one
    /// are not alive together.
    pub arms: Vec<(usize, usize)>,
    /// The path of the array's element it lies in, where the writers of the array are known, but
    /// not who of them writes which element.
    pub element: Option<String>,
    /// The number of the memory location that a bit-field shares with its neighbours (C11 3.14):
    /// two threads that write into one race.
    pub location: Option<usize>,
    /// Elements in the middle of a long array, where all is as before them. They are drawn, and
    /// not judged.
    pub rest: bool,
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

    /// Whether anything can be judged of it: somebody is known to use it, or it is made for several.
    pub fn is_subject(&self) -> bool {
        let declared = !self.writers.is_empty() || !self.readers.is_empty();
        !self.rest && (declared || self.undeclared)
    }

    /// Whether the bytes of both can be in use at the same time.
    pub fn alive_with(&self, other: &Access) -> bool {
        let apart = |(of, arm): &(usize, usize)| {
            other.arms.iter().any(|(same, another)| same == of && another != arm)
        };
        !self.arms.iter().any(apart)
    }
}

/// A drawing shows up to so many elements of an array, if each has so many bytes.
const DRAWN_ELEMENTS: usize = 16;
const DRAWN_BYTES: usize = 2;

/// More are not told apart: a hostile file could describe any number.
const MOST: usize = 200_000;

/// The fields of `layout` that somebody uses together with others. A plain field whose own layout
/// is known and for which nobody is declared is replaced by its fields; a lock or an atomic is
/// never taken apart. Of an array of words that matter the elements stand apart.
pub fn accesses(layout: &TypeLayout) -> Vec<Access> {
    collect(layout, false)
}

/// As [`accesses`], for a drawing: short arrays of plain data have their elements apart, too.
pub fn drawn(layout: &TypeLayout) -> Vec<Access> {
    collect(layout, true)
}

fn collect(layout: &TypeLayout, drawing: bool) -> Vec<Access> {
    let declared = layout.fields.iter().any(FieldLayout::declared) || !layout.elements.is_empty();
    let complete = layout.source == Source::Memoffset && declared;
    let declarations = Declarations::new(&layout.elements);
    let mut collector = Collector { complete, drawing, unions: 0, locations: 0, found: vec![] };
    collector.members(layout, &Around { declarations, ..Around::default() });
    collector.found
}

struct Collector {
    /// The declaration names everybody, so a field without a writer has none.
    complete: bool,
    /// It is for a drawing.
    drawing: bool,
    unions: usize,
    locations: usize,
    found: Vec<Access>,
}

/// What holds of everything below a field.
#[derive(Clone, Default)]
struct Around<'a> {
    path: String,
    base: usize,
    writers: Vec<String>,
    readers: Vec<String>,
    arms: Vec<(usize, usize)>,
    /// The element that it lies in, of an array of more than one.
    element: Option<String>,
    /// How many of the writers are declared without an index into one of these arrays.
    loose: usize,
    declarations: Declarations<'a>,
}

impl<'a> Around<'a> {
    /// What holds of `field`: those who are declared for it as well.
    fn with(&self, field: &FieldLayout, declarations: Declarations<'a>) -> Around<'a> {
        let mut below = Around { declarations, ..self.clone() };
        let (writers, own) = (&field.writers, below.declarations.writers());
        for (number, writer) in writers.iter().chain(&own).enumerate() {
            if !below.writers.contains(writer) {
                below.writers.push(writer.clone());
                let loose = match number.checked_sub(writers.len()) {
                    None => below.element.is_some(),
                    Some(own) => below.declarations.is_loose(own),
                };
                below.loose += usize::from(loose);
            }
        }
        below.readers.extend(field.readers.iter().cloned());
        below.readers.retain(|reader| !below.writers.contains(reader));
        below.readers.dedup();
        below
    }

    fn declared(&self) -> bool {
        !self.writers.is_empty() || !self.readers.is_empty()
    }

    fn uses(&self, actor: &String) -> bool {
        self.writers.contains(actor) || self.readers.contains(actor)
    }
}

impl Collector {
    /// The members of `layout`; of a union or an enum, each in an arm of its own.
    fn members(&mut self, layout: &TypeLayout, around: &Around<'_>) {
        let locations = bits::locations(&layout.fields);
        let first = self.locations;
        self.locations += locations.iter().flatten().max().map_or(0, |last| last + 1);
        let of = self.unions;
        self.unions += usize::from(layout.kind != TypeKind::Struct);
        for (number, field) in layout.fields.iter().enumerate() {
            let mut inside = around.clone();
            if layout.kind == TypeKind::Union {
                inside.arms.push((of, number));
            }
            let location = locations[number].map(|location| first + location);
            self.field(field, location, &inside);
        }
        for (number, variant) in layout.variants.iter().enumerate() {
            let declarations = around.declarations.passing(&variant.name);
            let path = join(&around.path, &variant.name);
            let mut inside = Around { path, declarations, ..around.clone() };
            inside.arms.push((of, number));
            for field in &variant.fields {
                self.field(field, None, &inside);
            }
        }
    }

    fn field(&mut self, field: &FieldLayout, location: Option<usize>, around: &Around<'_>) {
        let transparent = field.name.starts_with('(');
        let declarations = around.declarations.inside(&field.name, transparent);
        let mut inside = around.with(field, declarations);
        if field.name != "(anonymous)" {
            inside.path = join(&around.path, &field.name);
        }
        inside.base = around.base;
        self.value(field, location, inside);
    }

    /// The value of a field, or of an element of one.
    fn value(&mut self, field: &FieldLayout, location: Option<usize>, around: Around<'_>) {
        let full = self.found.len() >= MOST;
        let inner = field.inner.as_deref();
        let others = |layout: &TypeLayout| uses_other(layout, &|actor| !around.uses(actor));
        let deeper = around.declarations.deeper() || inner.is_some_and(others);
        let split = deeper || !around.declared() && synchronised(field);
        match (field.repeat, inner) {
            _ if full => self.whole(field, location, around),
            (Some(repeat), _) if repeat.stride > 0 && repeat.count > 0 => {
                let shown =
                    self.drawing && repeat.stride >= DRAWN_BYTES && repeat.count <= DRAWN_ELEMENTS;
                if split || shown || repeat.count > 1 && around.writers.len() > 1 {
                    self.elements(field, around);
                } else {
                    self.whole(field, location, around);
                }
            }
            (None, Some(inner)) if field.word == Word::Plain || deeper => {
                let open = inner.kind == TypeKind::Struct && !around.declared();
                if (open || split) && !(inner.fields.is_empty() && inner.variants.is_empty()) {
                    let base = around.base + field.offset;
                    self.members(inner, &Around { base, ..around });
                } else {
                    self.whole(field, location, around);
                }
            }
            _ => self.whole(field, location, around),
        }
    }

    /// The elements of an array: as many as it takes for every way in which they can meet each
    /// other, and what lies before and behind the array.
    fn elements(&mut self, field: &FieldLayout, around: Around<'_>) {
        let mut around = around;
        let several = field.repeat.is_some_and(|repeat| repeat.count > 1);
        if several {
            around.loose = around.writers.len();
        }
        for element in elements(field, &around.declarations) {
            let path = format!("{}{}", around.path, element.index());
            let of = several.then(|| path.clone()).or_else(|| around.element.clone());
            let inside = Around { path, element: of, ..around.clone() };
            match element {
                Element::One(indices, element) => {
                    let mut declarations = around.declarations.clone();
                    for index in &indices {
                        declarations = declarations.at(*index, several);
                    }
                    let inside = inside.with(&FieldLayout::default(), declarations);
                    self.value(&element, None, inside);
                }
                Element::Rest(_, rest) => {
                    let at = self.found.len();
                    self.whole(&rest, None, inside);
                    self.found[at..].iter_mut().for_each(|access| access.rest = true);
                }
            }
        }
    }

    fn whole(&mut self, field: &FieldLayout, location: Option<usize>, around: Around<'_>) {
        let base = around.base;
        let word = strongest(field);
        let undeclared = !self.complete && word != Word::Plain && !around.declared();
        self.found.push(Access {
            path: around.path,
            bytes: footprint(field).iter().map(|s| s.start + base..s.end + base).collect(),
            writers: around.writers,
            readers: around.readers,
            word,
            undeclared,
            arms: around.arms,
            element: around.element.filter(|_| around.loose > 1),
            location,
            rest: false,
        });
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

/// The fields of a type, those of all its variants too.
fn every_field(layout: &TypeLayout) -> impl Iterator<Item = &FieldLayout> {
    layout.fields.iter().chain(layout.variants.iter().flat_map(|variant| &variant.fields))
}

/// Whether somebody of whom `other` holds is declared inside of `layout`.
fn uses_other(layout: &TypeLayout, other: &dyn Fn(&String) -> bool) -> bool {
    every_field(layout).any(|field| {
        field.writers.iter().chain(&field.readers).any(other)
            || field.inner.as_deref().is_some_and(|inner| uses_other(inner, other))
    })
}

/// What the field is made for, or what it holds by value is.
fn strongest(field: &FieldLayout) -> Word {
    let inside = |inner: &TypeLayout| every_field(inner).map(strongest).find(|w| *w != Word::Plain);
    match (field.word, field.inner.as_deref()) {
        (Word::Plain, Some(inner)) => inside(inner).unwrap_or_default(),
        (word, _) => word,
    }
}

/// Whether the field is, or holds by value, an atomic or a lock, or something that is declared.
fn synchronised(field: &FieldLayout) -> bool {
    let matters = |field: &FieldLayout| synchronised(field) || field.declared();
    let inside = |inner: &TypeLayout| every_field(inner).any(matters);
    field.word != Word::Plain || field.inner.as_deref().is_some_and(inside)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one span is meant, not its numbers")]
mod tests;
