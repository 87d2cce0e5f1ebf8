//! Joins the copies of a type that several units hold; those that differ stay apart.

use gimli::constants as dw;

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::found::Found;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::scan::{Hit, Scan};
use crate::dwarf::types::Types;

/// A type, the compiler that it was first read of, and how many units say the same.
struct Copies {
    layout: TypeLayout,
    compiler: String,
    /// As the type itself, and as another name for it, which mostly stands beside it.
    counts: [usize; 2],
}

/// The layouts of `hits` in their order. What cannot be read is left out and said.
pub(super) fn join<'a>(
    debug: &Debug<'a>,
    scan: &Scan<'a>,
    hits: Vec<Hit>,
) -> Result<Found, Refusal> {
    let types = Types::new(debug, scan);
    let mut found = Found::default();
    let mut no_fields = None;
    for hit in hits {
        let mut copies: Vec<Copies> = Vec::new();
        let mut refusal = None;
        for &(place, count) in &hit.kinds {
            let layout = match read(&types, place, &hit.name) {
                Ok(Some(layout)) => layout,
                Ok(None) => {
                    no_fields.get_or_insert(hit.name.clone());
                    continue;
                }
                Err(error) => {
                    refusal = Some(error);
                    continue;
                }
            };
            let other_name = usize::from(types.entry(place)?.tag() == dw::DW_TAG_typedef);
            let same = |copies: &&mut Copies| alike(&copies.layout, &layout);
            match copies.iter_mut().find(same) {
                Some(known) => known.counts[other_name] += count,
                None => {
                    let unit = types.unit(place)?;
                    let (compiler, version) = (compiler(&unit.producer), unit.header.version());
                    let compiler = format!("{compiler}, DWARF {version}");
                    let mut counts = [0; 2];
                    counts[other_name] = count;
                    copies.push(Copies { layout, compiler, counts });
                }
            }
        }
        let different = copies.len();
        if let (0, Some(refusal)) = (different, &refusal) {
            found.left_out.push((hit.name, refusal.clone()));
        }
        let noted = copies.into_iter().map(|copies| noted(copies, different, refusal.as_ref()));
        found.types.extend(noted);
    }
    match (found.types.is_empty(), found.left_out.first(), no_fields) {
        (true, Some((_, refusal)), _) => Err(refusal.clone()),
        (true, None, name) => Err(not_made_of_fields(name.as_deref())),
        _ => Ok(found),
    }
}

/// Whether two copies are the same, wherever each is declared.
fn alike(one: &TypeLayout, other: &TypeLayout) -> bool {
    let plain = |layout: &TypeLayout| TypeLayout { declared: None, ..layout.clone() };
    one == other || one.size == other.size && plain(one) == plain(other)
}

/// The type at `place`, which is called `name`; `None` if that is another name for a number or a
/// pointer.
fn read(types: &Types<'_, '_>, place: Place, name: &str) -> Result<Option<TypeLayout>, Refusal> {
    let Some(mut layout) = whole(types, place)? else {
        return Ok(None);
    };
    let other = types.core(place)?.is_some_and(|(core, _)| core != place);
    if layout.name != name && other && !layout.name.starts_with("(anonymous") {
        layout.notes.push(format!("{name} is another name for {}.", layout.name));
    }
    layout.name = name.to_owned();
    Ok(Some(layout))
}

/// The type at `place`; `None` if it is not made of fields.
pub(super) fn whole(types: &Types<'_, '_>, place: Place) -> Result<Option<TypeLayout>, Refusal> {
    match types.core(place)? {
        Some((core, entry)) if is_aggregate(entry.tag()) => {
            Ok(Some((*types.layout(core)?).clone()))
        }
        _ => Ok(None),
    }
}

fn noted(copies: Copies, different: usize, refusal: Option<&Refusal>) -> TypeLayout {
    let Copies { mut layout, compiler, counts: [count, other] } = copies;
    let count = count.max(other);
    let same = if count > 1 { format!("; the same in {count} units") } else { String::new() };
    layout.notes.push(format!("Read from debug information ({compiler}){same}."));
    if different > 1 {
        layout.notes.push(format!("The binary holds {different} different types of this name."));
    }
    if let Some(refusal) = refusal {
        layout.notes.push(format!("Another copy could not be read: {refusal}."));
    }
    layout
}

/// A compiler's description of itself without its options: `rustc 1.95.0`, `go1.23.9`.
fn compiler(producer: &str) -> String {
    if let Some((_, rust)) = producer.split_once("(rustc version ") {
        return format!("rustc {}", rust.split([' ', ')']).next().unwrap_or(rust));
    }
    if let Some((_, go)) = producer.split_once("Go cmd/compile ") {
        return go.split(';').next().unwrap_or(go).to_owned();
    }
    let plain = producer.split(" -").next().unwrap_or(producer).trim();
    if plain.is_empty() { "an unnamed compiler".to_owned() } else { plain.to_owned() }
}

fn not_made_of_fields(name: Option<&str>) -> Refusal {
    let name = name.unwrap_or("the type");
    Refusal::usage(format!("{name} is another name for a number or a pointer: it has no fields"))
}

#[cfg(test)]
mod tests {
    use super::compiler;

    #[test]
    fn compilers_are_named_without_their_options() {
        let rust = "clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))";
        assert_eq!(compiler(rust), "rustc 1.95.0");
        assert_eq!(compiler("Go cmd/compile go1.23.9; regabi"), "go1.23.9");
        assert_eq!(compiler("GNU C17 12.2.0 -mtune=generic -g"), "GNU C17 12.2.0");
        assert_eq!(compiler(""), "an unnamed compiler");
    }
}
