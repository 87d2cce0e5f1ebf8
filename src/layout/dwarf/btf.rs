//! Finds types in BTF, the description of itself that a Linux kernel carries, by name.

mod format;
mod types;

use std::path::{Path, PathBuf};

use object::{File, Object, ObjectSection};

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::btf::format::{Table, is_btf, is_split, kind};
use crate::dwarf::btf::types::{Types, is_aggregate};
use crate::dwarf::contents::Contents;
use crate::dwarf::found::Found;
use crate::find::find;
use crate::nearest::nearest;

/// What is not in BTF, and must not be taken for something that is not in the type.
const SILENT: &str = "Read from BTF, which tells neither alignments nor _Atomic: atomics and locks \
    are known by the names of their types.";

/// BTF, and what a pointer takes in the file that it lies in.
pub(super) struct Btf<'f> {
    bytes: &'f [u8],
    address: Option<usize>,
    /// What a module leaves out because its kernel has it, if it is in the same file.
    base: Option<&'f [u8]>,
}

impl<'f> Btf<'f> {
    /// The BTF that `file` is, or that it holds in a section.
    pub(super) fn find(file: &'f [u8]) -> Option<Btf<'f>> {
        if is_btf(file) {
            return Some(Btf { bytes: file, address: None, base: None });
        }
        let object = File::parse(file).ok()?;
        let section = |name| object.section_by_name(name)?.data().ok();
        let bytes = section(".BTF").filter(|bytes| is_btf(bytes))?;
        let address = Some(if object.is_64() { 8 } else { 4 });
        Some(Btf { bytes, address, base: section(".BTF.base").filter(|bytes| is_btf(bytes)) })
    }

    /// The types that fit `pattern` best (see [`find`]); without one, all. The file that this is of
    /// lies at `path`.
    pub(super) fn read(
        &self,
        path: Option<&Path>,
        pattern: Option<&str>,
    ) -> Result<Found, Refusal> {
        if !is_split(self.bytes) || self.base.is_some() {
            return self.search(&Table::new(self.base, self.bytes)?, pattern);
        }
        let kernel = self.kernel(path)?;
        let base = Btf::find(&kernel).ok_or_else(|| Refusal::missing(BASE))?;
        let table = Table::new(Some(base.bytes), self.bytes)?;
        if !table.fits() {
            return Err(Refusal::missing(
                "the file vmlinux beside this one is of another kernel than the one that this BTF \
                 was made for: put that one there",
            ));
        }
        self.search(&table, pattern)
    }

    /// The kernel whose types a module builds on: beside it, as in `/sys/kernel/btf`.
    fn kernel(&self, path: Option<&Path>) -> Result<Contents, Refusal> {
        let beside = |path: &Path| path.parent().map(|folder: &Path| folder.join("vmlinux"));
        let path: PathBuf = path.and_then(beside).ok_or_else(|| Refusal::missing(BASE))?;
        Contents::of(&path).map_err(|_| Refusal::missing(BASE))
    }

    fn search(&self, table: &Table<'_>, pattern: Option<&str>) -> Result<Found, Refusal> {
        let types = Types::new(table, self.address);
        let mut names = Vec::new();
        for number in table.own()..table.len() {
            let of = table.get(number)?;
            let name = table.name(&of);
            // What stands for a number has no fields; only a type that was asked for is told so.
            let wanted = is_aggregate(of.kind)
                || of.kind == kind::TYPEDEF && is_aggregate(types.core(number)?.1.kind);
            if !name.is_empty() && wanted {
                names.push((name.into_owned(), number));
            }
        }
        let spelt = |names: &[(String, u32)], pattern: &str| {
            find(pattern, names.iter().map(|(name, _)| name.as_str()))
        };
        let chosen = match pattern {
            None => (0..names.len()).collect(),
            Some(pattern) => spelt(&names, pattern),
        };
        if let (true, Some(pattern)) = (chosen.is_empty(), pattern) {
            return self.variable(&types, pattern)?.ok_or_else(|| unknown(pattern, &names));
        }
        if chosen.is_empty() {
            return Err(Refusal::missing("the BTF describes no types that are made of fields"));
        }
        let mut found = Found::default();
        for (name, number) in chosen.into_iter().map(|at| &names[at]) {
            match named(&types, *number, name) {
                // `typedef struct pool pool` has both names.
                Ok(layout) if found.types.contains(&layout) => {}
                Ok(layout) => found.types.push(layout),
                Err(refusal) => found.left_out.push((name.clone(), refusal)),
            }
        }
        match (found.types.is_empty(), found.left_out.first()) {
            (true, Some((_, refusal))) => Err(refusal.clone()),
            _ => Ok(found),
        }
    }

    /// The type of the variable of this name, if it is made of fields.
    fn variable(&self, types: &Types<'_, '_>, name: &str) -> Result<Option<Found>, Refusal> {
        for number in types.table.own()..types.table.len() {
            let of = types.table.get(number)?;
            if of.kind != kind::VARIABLE || types.table.name(&of) != name {
                continue;
            }
            let (core, core_type) = types.core(of.size_or_type)?;
            if is_aggregate(core_type.kind) {
                let mut layout = (*types.layout(core)?).clone();
                let of = types.name(of.size_or_type)?;
                layout.notes.push(format!("The variable {name} is of type {of}."));
                layout.notes.push(SILENT.to_owned());
                return Ok(Some(Found { types: vec![layout], ..Found::default() }));
            }
        }
        Ok(None)
    }
}

/// What is missing where only a part is there.
const BASE: &str = "the BTF of a module holds only what its kernel's does not: put that kernel's \
    (`vmlinux` with BTF, or a copy of its /sys/kernel/btf/vmlinux) beside it under the name vmlinux";

/// The type of this number under one of its names.
fn named(types: &Types<'_, '_>, number: u32, name: &str) -> Result<TypeLayout, Refusal> {
    let (core, _) = types.core(number)?;
    let mut layout = (*types.layout(core)?).clone();
    if layout.name != name && !layout.name.starts_with("(anonymous") {
        layout.notes.push(format!("{name} is another name for {}.", layout.name));
    }
    layout.name = name.to_owned();
    layout.notes.push(SILENT.to_owned());
    Ok(layout)
}

fn unknown(pattern: &str, names: &[(String, u32)]) -> Refusal {
    let near = nearest(pattern, names.iter().map(|(name, _)| name.as_str()));
    Refusal::usage(match near.as_slice() {
        [] => format!("no type in the BTF is called {pattern:?}; without a name, all are listed"),
        near => {
            format!("no type in the BTF is called {pattern:?}; did you mean {}?", near.join(", "))
        }
    })
}
