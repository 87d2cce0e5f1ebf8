//! Joins the copies of a type that several units hold; those that differ stay apart.

use std::collections::HashMap;
use std::rc::Rc;

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::scan::Hit;
use crate::dwarf::types::Types;
use crate::dwarf::unit::Unit;

/// A type, the unit it was first read from, and how many units say the same.
struct Copies<'a> {
    layout: TypeLayout,
    unit: Rc<Unit<'a>>,
    count: usize,
}

/// The layouts of `hits` in the order in which their names first occur. A hit that cannot be read
/// is left out if another can.
pub(super) fn join(debug: &Debug<'_>, hits: &[&Hit]) -> Result<Vec<TypeLayout>, Refusal> {
    let types = Types::new(debug);
    let mut found: Vec<Copies<'_>> = Vec::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    let mut refusal = None;
    for (place, name) in hits {
        let layout = match read(&types, *place, name) {
            Ok(Some(layout)) => layout,
            Ok(None) => continue,
            Err(error) => {
                refusal = Some(error);
                continue;
            }
        };
        let same_name = by_name.entry(layout.name.clone()).or_default();
        match same_name.iter().find(|&&at| found[at].layout == layout) {
            Some(&at) => found[at].count += 1,
            None => {
                same_name.push(found.len());
                found.push(Copies { layout, unit: types.unit(*place)?, count: 1 });
            }
        }
    }
    match refusal {
        Some(refusal) if found.is_empty() => return Err(refusal),
        None if found.is_empty() => return Err(not_made_of_fields(hits)),
        _ => {}
    }
    let differ = |layout: &TypeLayout| by_name.get(&layout.name).map_or(0, Vec::len);
    let layouts = found.into_iter().map(|copies| {
        let different = differ(&copies.layout);
        noted(copies, different, refusal.as_ref())
    });
    Ok(layouts.collect())
}

/// The type at `place`, which is called `name`; `None` if that is another name for a number or a
/// pointer.
fn read(types: &Types<'_, '_>, place: Place, name: &str) -> Result<Option<TypeLayout>, Refusal> {
    let Some((core, entry)) = types.core(place)? else {
        return Ok(None);
    };
    if !is_aggregate(entry.tag()) {
        return Ok(None);
    }
    let mut layout = (*types.layout(core)?).clone();
    if layout.name != name && core != place && !layout.name.starts_with("(anonymous") {
        layout.notes.push(format!("{name} is another name for {}.", layout.name));
    }
    layout.name = name.to_owned();
    Ok(Some(layout))
}

fn noted(copies: Copies<'_>, different: usize, refusal: Option<&Refusal>) -> TypeLayout {
    let Copies { mut layout, unit, count } = copies;
    let compiler = compiler(&unit.producer);
    let same = if count > 1 { format!("; the same in {count} units") } else { String::new() };
    let version = unit.header.version();
    layout.notes.push(format!("Read from debug information ({compiler}, DWARF {version}){same}."));
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

fn not_made_of_fields(hits: &[&Hit]) -> Refusal {
    let name = hits.first().map_or("the type", |(_, name)| name.as_str());
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
