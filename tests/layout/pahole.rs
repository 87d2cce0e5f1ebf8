//! pahole says where the direct members of every struct lie.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use racelab::layout::dwarf::list;
use racelab::layout::{FieldLayout, Kind};

use crate::build::{RECIPES, built, run, skip};

/// First bit and size in bytes of each member; of a bit-field, the size of its word is left out.
type Members = Vec<(usize, usize)>;

#[derive(Debug, Default)]
struct Struct {
    name: String,
    size: usize,
    members: Members,
    /// pahole could not make out some member.
    blind: bool,
}

#[test]
fn every_struct_agrees_with_pahole() {
    let version = match run(Command::new("pahole").arg("--version")) {
        Ok(version) => version,
        Err(why) => return skip("pahole", &why),
    };
    let (mut agreed, mut blind) = (0, 0);
    for recipe in RECIPES {
        if recipe.name.contains("types") {
            skip(recipe.name, "pahole 1.24 does not follow references to type units");
            continue;
        }
        let binary = match built(recipe.name) {
            Ok(binary) => binary,
            Err(why) => {
                skip(recipe.name, &why);
                continue;
            }
        };
        let (same, unseen) = compare(recipe.name, &binary);
        println!("{}: {same} agree, {unseen} that pahole cannot see", recipe.name);
        agreed += same;
        blind += unseen;
    }
    println!("pahole {}: {agreed} structs agree, {blind} it cannot see", version.trim());
    assert!(agreed > 0 || RECIPES.iter().all(|recipe| built(recipe.name).is_err()));
}

/// How many structs agree, and in how many pahole cannot see a member. Panics if one differs.
pub(crate) fn compare(name: &str, binary: &Path) -> (usize, usize) {
    let ours = list(binary).unwrap_or_else(|error| panic!("{name}: {error}"));
    type Members<'a> = (usize, Kind, &'a [FieldLayout]);
    let mut by_name: HashMap<&str, Vec<Members<'_>>> = HashMap::new();
    for layout in &ours {
        let own = (layout.name.as_str(), layout.kind, layout.fields.as_slice());
        // pahole takes the variants of a Rust enum for structs.
        let variants = layout.variants.iter();
        let variants = variants.map(|v| (v.name.as_str(), Kind::Struct, v.fields.as_slice()));
        for (name, kind, fields) in variants.chain([own]) {
            by_name.entry(last_part(name)).or_default().push((layout.size, kind, fields));
        }
    }
    let printed =
        run(Command::new("pahole").arg("--show_private_classes").arg(binary)).unwrap_or_default();
    let (mut agreed, mut blind) = (0, 0);
    for theirs in parse(&printed) {
        let Some(candidates) = by_name.get(theirs.name.as_str()) else {
            continue;
        };
        if theirs.blind {
            blind += 1;
            continue;
        }
        let same = candidates.iter().any(|&(size, kind, fields)| {
            let same = |seen| members(fields, seen) == theirs.members;
            size == theirs.size && (kind != Kind::Struct || same(as_is) || same(by_pahole))
        });
        let ours: Vec<_> =
            candidates.iter().map(|&(size, _, fields)| (size, members(fields, as_is))).collect();
        assert!(same, "{name} {}: pahole {theirs:?}, racelab {ours:?}", theirs.name);
        agreed += 1;
    }
    (agreed, blind)
}

fn members(fields: &[FieldLayout], size: fn(&FieldLayout) -> usize) -> Members {
    let member = |field: &FieldLayout| match field.bits {
        Some(bits) => (bits.first, 0),
        None => (field.offset * 8, size(field)),
    };
    let mut members: Members = fields.iter().map(member).collect();
    members.sort();
    members
}

fn as_is(field: &FieldLayout) -> usize {
    field.size
}

/// pahole 1.24 prints 0 for the size of a field of an empty C++ class (it has 1) and of a Rust enum
/// of one byte.
fn by_pahole(field: &FieldLayout) -> usize {
    match &field.inner {
        Some(inner) if field.size == 1 && (inner.kind == Kind::Enum || inner.fields.is_empty()) => {
            0
        }
        _ => field.size,
    }
}

/// The name without its path; of Go, the whole name.
fn last_part(name: &str) -> &str {
    let head = &name[..name.find('<').unwrap_or(name.len())];
    head.rfind("::").map_or(name, |at| &name[at + 2..])
}

/// The structs of pahole's output. A member is a line with one tab that ends in its offset and
/// size; what is nested has more tabs, but for the line that closes it.
fn parse(text: &str) -> Vec<Struct> {
    let mut found = Vec::new();
    let mut open: Option<Struct> = None;
    for line in text.lines() {
        if !line.starts_with(['\t', '}']) && line.ends_with('{') {
            let head = line.trim_end_matches('{').trim();
            let head = head.split(" : ").next().unwrap_or(head);
            let name = ["struct ", "class "].iter().find_map(|keyword| head.strip_prefix(keyword));
            open = name.map(|name| Struct { name: name.trim().to_owned(), ..Struct::default() });
        }
        let Some(current) = &mut open else { continue };
        if line.contains("<ERROR") || line.contains("BRAIN FART") || line.contains("ancestor class")
        {
            current.blind = true;
        }
        if line.starts_with('}') {
            found.extend(open.take());
        } else if let Some(sizes) = line.strip_prefix("\t/* size: ") {
            let digits = sizes.split(',').next().unwrap_or_default();
            current.size = digits.parse().unwrap_or(usize::MAX);
        } else if line.starts_with('\t') && (!line.starts_with("\t\t") || line.starts_with("\t}")) {
            current.members.extend(member(line));
            current.members.sort();
        }
    }
    found
}

/// `int a:3;  /*  4: 2  4 */` is bit 34. A virtual base, which a running program places, has the
/// offset -1 there and none here; a `static` is no part of a value.
fn member(line: &str) -> Option<(usize, usize)> {
    let (_, place) = line.rsplit_once("/*").filter(|_| !line.starts_with("\tstatic "))?;
    let place = place.strip_suffix("*/")?.replace(':', " : ");
    let numbers: Vec<&str> = place.split_whitespace().collect();
    let bytes = |text: &str| text.parse().ok().filter(|&offset: &usize| offset < u32::MAX as usize);
    match numbers.as_slice() {
        [offset, ":", bit, _] => Some((bytes(offset)? * 8 + bit.parse::<usize>().ok()?, 0)),
        [offset, size] => Some((bytes(offset)? * 8, size.parse().ok()?)),
        _ => None,
    }
}
