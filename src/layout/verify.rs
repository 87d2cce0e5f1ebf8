//! Compares layouts with those that pahole reads from the same binary.

mod pahole;

use std::collections::HashSet;
use std::path::Path;

use crate::dwarf::{Refusal, search};
use crate::{FieldLayout, TypeKind, TypeLayout};

use pahole::{Members, Struct};

/// What pahole says of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// The size, and the offset and size of each direct member, are the same.
    Agrees,
    /// The size is the same; of the members pahole cannot make out these, and the others are the
    /// same. 1.24 loses C's `_Atomic`, and no version sees the variants of a Rust enum.
    CannotSee(Vec<String>),
    /// It does not print a type of this name.
    NotListed,
    /// It prints names without their paths, and the binary has so many types of this one.
    SameName(usize),
    /// It differs, one sentence each.
    Differs(Vec<String>),
}

/// What pahole and racelab say of the same types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// pahole's version: `1.24`.
    pub version: String,
    /// For each type, in order.
    pub types: Vec<Verified>,
}

/// Compares `types`, which were read from `file`, with what pahole reads there.
pub fn verify(file: &Path, types: &[TypeLayout]) -> Result<Verification, Refusal> {
    let version = pahole::version()?;
    let names: HashSet<&str> = types.iter().map(|layout| bare(&layout.name)).collect();
    let theirs = pahole::structs(file, &names)?;
    let verdict = |layout: &TypeLayout| {
        let name = bare(&layout.name);
        let theirs = theirs.get(name).map_or(&[][..], Vec::as_slice);
        match compare(layout, theirs) {
            Verified::Differs(how) => match search(file, name).map_or(1, |same| same.len()) {
                0 | 1 => Verified::Differs(how),
                several => Verified::SameName(several),
            },
            verdict => verdict,
        }
    };
    Ok(Verification { version, types: types.iter().map(verdict).collect() })
}

fn compare(ours: &TypeLayout, theirs: &[Struct]) -> Verified {
    let Some(first) = theirs.first() else {
        return Verified::NotListed;
    };
    let same_size: Vec<&Struct> = theirs.iter().filter(|one| one.size == ours.size).collect();
    if ours.kind == TypeKind::Enum && !same_size.is_empty() {
        let variants = ours.variants.iter().map(|variant| variant.name.clone());
        return Verified::CannotSee(variants.collect());
    }
    // What a base has of its own bytes it does not tell from what the whole class has.
    let virtual_base = |field: &FieldLayout| field.role == crate::Role::VirtualBase;
    if ours.fields.iter().any(virtual_base) {
        let own = ours.fields.iter().filter(|field| !virtual_base(field));
        let own: Vec<usize> = own.map(|field| place(field, as_is).0).collect();
        let placed = |one: &Struct| one.members.iter().all(|(at, _)| own.contains(at));
        return match same_size.iter().any(|one| placed(one)) {
            true => {
                let bases = ours.fields.iter().filter(|field| virtual_base(field));
                Verified::CannotSee(bases.map(|field| field.name.clone()).collect())
            }
            false => Verified::Differs(differences(ours, first)),
        };
    }
    let same = |one: &&&Struct| {
        [as_is, by_pahole].iter().any(|&size| members(&ours.fields, size) == one.members)
    };
    if same_size.iter().any(|one| same(&one)) {
        return Verified::Agrees;
    }
    // Where pahole itself says that its picture is not whole, what it does show must be there.
    let unseen = |one: &Struct| -> Vec<String> {
        let seen = |f: &&FieldLayout| !one.members.contains(&place(f, as_is));
        ours.fields.iter().filter(seen).map(|field| field.name.clone()).collect()
    };
    match same_size.iter().find(|one| one.blind) {
        Some(one) => Verified::CannotSee(unseen(one)),
        None => Verified::Differs(differences(ours, same_size.first().copied().unwrap_or(first))),
    }
}

fn differences(ours: &TypeLayout, theirs: &Struct) -> Vec<String> {
    let mut found = Vec::new();
    if ours.size != theirs.size {
        found.push(format!("the size is {} here and {} there", ours.size, theirs.size));
    }
    let own = members(&ours.fields, as_is);
    for field in &ours.fields {
        if !theirs.members.contains(&place(field, as_is)) {
            let (offset, size) = (field.offset, field.size);
            found.push(format!("{} (offset {offset}, size {size}) is only here", field.name));
        }
    }
    for (bit, size) in theirs.members.iter().filter(|member| !own.contains(member)) {
        found.push(format!("offset {}, size {size} is only there", bit / 8));
    }
    if found.is_empty() {
        found.push("a member is there as often in one as not in the other".to_owned());
    }
    found
}

fn members(fields: &[FieldLayout], size: fn(&FieldLayout) -> usize) -> Members {
    let mut members: Members = fields.iter().map(|field| place(field, size)).collect();
    members.sort();
    members
}

fn place(field: &FieldLayout, size: fn(&FieldLayout) -> usize) -> (usize, usize) {
    match field.bits {
        Some(bits) => (bits.first, 0),
        None => (field.offset * 8, size(field)),
    }
}

fn as_is(field: &FieldLayout) -> usize {
    field.size
}

/// pahole 1.24 prints 0 for the size of a field of an empty C++ class (it has 1) and of a Rust enum
/// of one byte.
fn by_pahole(field: &FieldLayout) -> usize {
    match &field.inner {
        Some(inner)
            if field.size == 1 && (inner.kind == TypeKind::Enum || inner.fields.is_empty()) =>
        {
            0
        }
        _ => field.size,
    }
}

/// The name without its path; of Go, the whole name.
fn bare(name: &str) -> &str {
    let head = &name[..name.find('<').unwrap_or(name.len())];
    head.rfind("::").map_or(name, |at| &name[at + 2..])
}

#[cfg(test)]
mod tests;
