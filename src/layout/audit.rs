//! A whole program at a glance: what each of its types wastes, and what is said of its lines.

pub mod baseline;
pub mod builds;
mod own;

use crate::dwarf::Found;
use crate::holes::{holes, variant_holes};
use crate::names::short;
use crate::sharing::Verdict;
use crate::{Judged, TypeLayout};

pub use own::is_own;

/// One type of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The type's whole name.
    pub name: String,
    /// `struct`, `union` or `enum`.
    pub kind: &'static str,
    /// Bytes.
    pub size: usize,
    /// Bytes, and whether that is inferred.
    pub align: (usize, bool),
    /// How many runs of bytes hold nothing, the end counted in; of an enum, in its fullest variant.
    pub holes: usize,
    /// Bytes of the largest of these.
    pub largest_hole: usize,
    /// Bytes of all of these.
    pub waste: usize,
    /// The cache lines that an object touches where it starts most unluckily.
    pub lines: usize,
    /// The strongest verdict, and the share of starts it holds at; `None` where nothing was found.
    pub verdict: Option<(Verdict, f64)>,
    /// The fields that the verdict names.
    pub fields: Vec<String>,
    /// Where it is declared: the file, and the line.
    pub place: Option<(String, u32)>,
}

/// What a program is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// The largest first.
    Size,
    /// The most holes first.
    Holes,
    /// The most wasted bytes first.
    #[default]
    Waste,
    /// The most lines first.
    Lines,
    /// The strongest verdict first.
    Verdict,
}

/// Which types are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The order.
    pub sort: Column,
    /// Only types with a hole of at least so many bytes.
    pub min_hole: Option<usize>,
    /// Only types with at least this verdict.
    pub min_verdict: Option<Verdict>,
    /// Only types that hold a value of this type, at any depth.
    pub contains: Option<String>,
    /// Only types declared in a file whose path holds this.
    pub source: Option<String>,
    /// Only the project's own types.
    pub own: bool,
}

/// The rows of `types`, which were `found` in a program, as far as they are wanted.
pub fn audit(types: &[Judged], found: &Found, wanted: &Wanted) -> Vec<Row> {
    let mut rows: Vec<Row> =
        types.iter().filter(|judged| matches(judged, found, wanted)).map(row).collect();
    rows.retain(|row| {
        wanted.min_hole.is_none_or(|least| row.largest_hole >= least)
            && wanted.min_verdict.is_none_or(|least| row.verdict.is_some_and(|(v, _)| v >= least))
    });
    let most = |number: usize| std::cmp::Reverse(number);
    rows.sort_by(|a, b| {
        let order = match wanted.sort {
            Column::Name => std::cmp::Ordering::Equal,
            Column::Size => most(a.size).cmp(&most(b.size)),
            Column::Holes => most(a.holes).cmp(&most(b.holes)),
            Column::Waste => most(a.waste).cmp(&most(b.waste)),
            Column::Lines => most(a.lines).cmp(&most(b.lines)),
            Column::Verdict => {
                let share = |row: &Row| row.verdict.map_or(0.0, |(_, share)| share);
                let verdict = |row: &Row| row.verdict.map(|(verdict, _)| verdict);
                verdict(b).cmp(&verdict(a)).then(share(b).total_cmp(&share(a)))
            }
        };
        order.then_with(|| a.name.cmp(&b.name))
    });
    rows
}

fn matches(judged: &Judged, found: &Found, wanted: &Wanted) -> bool {
    let layout = &judged.layout;
    let file = layout.declared.as_ref().map_or("", |declared| declared.file.as_str());
    wanted.contains.as_ref().is_none_or(|of| holds(layout, of))
        && wanted.source.as_ref().is_none_or(|part| file.contains(part.as_str()))
        && (!wanted.own || is_own(layout, &found.foreign))
}

/// Whether a value of the type `of` lies in `layout` at any depth.
fn holds(layout: &TypeLayout, of: &str) -> bool {
    let variants = layout.variants.iter().flat_map(|variant| &variant.fields);
    layout.fields.iter().chain(variants).any(|field| {
        let inner = field.inner.as_deref();
        let named = |name: &str| name == of || short(name) == of || crate::find::matches(of, name);
        let points =
            field.type_name.ends_with(['*', '&']) || field.type_name.starts_with(['*', '&']);
        (!points && named(&field.type_name))
            || inner.is_some_and(|inner| named(&inner.name) || holds(inner, of))
    })
}

fn row(judged: &Judged) -> Row {
    let layout = &judged.layout;
    let gaps = match layout.variants.iter().filter(|variant| !variant.fields.is_empty()) {
        variants if layout.fields.is_empty() => variants
            .map(|variant| variant_holes(layout, &variant.fields))
            .min_by_key(|gaps| gaps.iter().map(|gap| gap.len()).sum::<usize>())
            .unwrap_or_default(),
        _ => holes(layout),
    };
    // A union of one byte less than another wastes nothing; a virtual base without a place might.
    let gaps: Vec<usize> = gaps.iter().map(|gap| gap.len()).collect();
    let strongest = judged.drawn().first();
    let line = judged.cache_line;
    let lines = |start: &usize| {
        crate::phase::lines(&(0..layout.size), *start, line).map_or(0, |lines| lines.count())
    };
    Row {
        name: layout.name.clone(),
        kind: match layout.kind {
            crate::TypeKind::Struct => "struct",
            crate::TypeKind::Union => "union",
            crate::TypeKind::Enum => "enum",
        },
        size: layout.size,
        align: (layout.align, layout.inferred),
        holes: gaps.len(),
        largest_hole: gaps.iter().copied().max().unwrap_or(0),
        waste: gaps.iter().sum(),
        lines: judged.starts().iter().map(lines).max().unwrap_or(0),
        verdict: strongest.map(|sharing| (sharing.verdict, sharing.share_of_phases)),
        fields: strongest.map_or_else(Vec::new, |sharing| sharing.fields.clone()),
        place: layout.declared.as_ref().map(|at| (at.file.clone(), at.line)),
    }
}

#[cfg(test)]
mod tests;
