//! Reads types of BTF on demand: names, sizes, and what structs are made of.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::dwarf::Refusal;
use crate::dwarf::aggregate::{DEEPEST, check};
use crate::dwarf::align::{follow, natural};
use crate::dwarf::btf::format::{Table, Type, kind};
use crate::dwarf::budget::Budget;
use crate::dwarf::name::{anonymous, function, pointer};
use crate::dwarf::size::limited;
use crate::word::{Word, word_of};
use crate::{Bits, FieldLayout, Language, Repeat, Role, Source, TypeKind, TypeLayout, Variant};

/// How many names may stand for one another before it is taken for a circle.
const LONGEST_CHAIN: usize = 512;

/// Pointers to arrays of pointers: beyond this a name is cut.
const DEEPEST_NAME: usize = 12;

/// A reader of types.
pub(super) struct Types<'t, 'a> {
    pub(super) table: &'t Table<'a>,
    /// Bytes of a pointer.
    address: usize,
    layouts: RefCell<HashMap<u32, Arc<TypeLayout>>>,
    /// Types being read: one that contains itself is damaged.
    open: RefCell<HashSet<u32>>,
    budget: Budget,
}

/// Whether types of this kind are made of fields or values.
pub(super) fn is_aggregate(kind: u8) -> bool {
    matches!(kind, kind::STRUCT | kind::UNION | kind::ENUM | kind::ENUM_64)
}

fn is_wrapper(kind: u8) -> bool {
    use kind::{CONST, RESTRICT, TYPE_TAG, TYPEDEF, VOLATILE};
    matches!(kind, TYPEDEF | VOLATILE | CONST | RESTRICT | TYPE_TAG)
}

impl<'t, 'a> Types<'t, 'a> {
    /// A reader that has read nothing yet; without `address` the bytes of a pointer are those of C's
    /// `long`, as everywhere under Linux.
    pub(super) fn new(table: &'t Table<'a>, address: Option<usize>) -> Types<'t, 'a> {
        let long = || {
            let types = (1..table.len()).filter_map(|number| table.get(number).ok());
            let named = |of: &Type<'a>| {
                let name = table.name(of);
                of.kind == kind::INT
                    && matches!(&*name, "long" | "long int" | "unsigned long" | "long unsigned int")
            };
            types.into_iter().find(named).map(|of| of.size_or_type as usize)
        };
        let address = address.or_else(long).unwrap_or(8);
        Types {
            table,
            address,
            layouts: RefCell::default(),
            open: RefCell::default(),
            budget: Budget::of(table.bytes()),
        }
    }

    /// What remains of a type without other names for it and without `const` and the like.
    pub(super) fn core(&self, number: u32) -> Result<(u32, Type<'a>), Refusal> {
        let mut number = number;
        for _ in 0..LONGEST_CHAIN {
            let of = self.table.get(number)?;
            if !is_wrapper(of.kind) {
                return Ok((number, of));
            }
            number = of.size_or_type;
        }
        Err(Refusal::damaged("a type that is defined by itself"))
    }

    /// The length of each dimension of an array, the outermost first, and its element.
    fn repeat(&self, number: u32) -> Result<(Vec<usize>, u32), Refusal> {
        let (mut lengths, mut element) = (Vec::new(), number);
        for _ in 0..LONGEST_CHAIN {
            let (_, of) = self.core(element)?;
            if of.kind != kind::ARRAY {
                return Ok((lengths, element));
            }
            lengths.push(of.number(2) as usize);
            element = of.number(0);
        }
        Err(Refusal::damaged("an array without end"))
    }

    fn size(&self, number: u32) -> Result<usize, Refusal> {
        let (lengths, element) = self.repeat(number)?;
        let (_, of) = self.core(element)?;
        let one = match of.kind {
            kind::POINTER => self.address,
            kind::INT | kind::FLOAT | kind::SECTION => of.size_or_type as usize,
            kind if is_aggregate(kind) => of.size_or_type as usize,
            _ => 0,
        };
        let times = |size: u64, &length: &usize| size.saturating_mul(length as u64);
        limited(lengths.iter().fold(one as u64, times))
    }

    fn align(&self, number: u32) -> Result<usize, Refusal> {
        let (_, element) = self.repeat(number)?;
        let (core, of) = self.core(element)?;
        match of.kind {
            kind::STRUCT | kind::UNION => Ok(self.layout(core)?.align),
            _ => Ok(natural(self.size(core)?)),
        }
    }

    /// The name of a type as C writes it.
    pub(super) fn name(&self, number: u32) -> Result<String, Refusal> {
        self.name_within(number, 0)
    }

    fn name_within(&self, number: u32, depth: usize) -> Result<String, Refusal> {
        if depth > DEEPEST_NAME {
            return Ok("…".to_owned());
        }
        let of = self.table.get(number)?;
        let inner = |number| self.name_within(number, depth + 1);
        Ok(match of.kind {
            kind::VOID => "void".to_owned(),
            kind::POINTER => pointer(&inner(of.size_or_type)?),
            kind::VOLATILE => format!("volatile {}", inner(of.size_or_type)?),
            kind::CONST => format!("const {}", inner(of.size_or_type)?),
            kind::RESTRICT | kind::TYPE_TAG => inner(of.size_or_type)?,
            kind::PROTOTYPE => function(&inner(of.size_or_type)?),
            kind::ARRAY => {
                let (lengths, element) = self.repeat(number)?;
                let lengths: String = lengths.iter().map(|length| format!("[{length}]")).collect();
                format!("{}{}", inner(element)?, lengths)
            }
            _ => {
                let name = self.table.name(&of);
                if name.is_empty() { unnamed(of.kind) } else { name.into_owned() }
            }
        })
    }

    /// What kind of word a type is, by any of the names it goes by.
    fn word(&self, number: u32) -> Result<Word, Refusal> {
        let mut number = number;
        for _ in 0..DEEPEST_NAME {
            let word = word_of(&self.name(number)?);
            let of = self.table.get(number)?;
            let next = match of.kind {
                kind::ARRAY => of.number(0),
                kind if is_wrapper(kind) => of.size_or_type,
                _ => return Ok(word),
            };
            if word != Word::Plain {
                return Ok(word);
            }
            number = next;
        }
        Ok(Word::Plain)
    }

    /// The layout of the struct, union or enum of this number.
    pub(super) fn layout(&self, number: u32) -> Result<Arc<TypeLayout>, Refusal> {
        if let Some(known) = self.layouts.borrow().get(&number) {
            return Ok(known.clone());
        }
        if self.open.borrow().len() > DEEPEST || !self.open.borrow_mut().insert(number) {
            return Err(Refusal::damaged("a type that contains itself"));
        }
        let layout = self.read(number);
        self.open.borrow_mut().remove(&number);
        let layout = Arc::new(layout?);
        self.layouts.borrow_mut().insert(number, layout.clone());
        Ok(layout)
    }

    fn read(&self, number: u32) -> Result<TypeLayout, Refusal> {
        let of = self.table.get(number)?;
        let mut layout = TypeLayout {
            name: self.name(number)?,
            size: of.size_or_type as usize,
            source: Source::Btf,
            language: Language::C,
            kind: match of.kind {
                kind::UNION => TypeKind::Union,
                kind::STRUCT => TypeKind::Struct,
                _ => TypeKind::Enum,
            },
            ..TypeLayout::default()
        };
        if layout.kind == TypeKind::Enum {
            layout.align = natural(layout.size).max(1);
            layout.tag = Some(FieldLayout::new("(tag)", tag(&of), 0..layout.size));
            layout.variants = (0..of.count).map(|at| self.value(&of, at)).collect();
            return Ok(layout);
        }
        let mut members = Vec::new();
        for at in 0..of.count {
            members.push(self.member(&of, at)?);
        }
        members.sort_by_key(|(field, _)| {
            (field.offset, field.bits.map_or(0, |bits| bits.first), field.size)
        });
        let aligns: Vec<usize> = members.iter().map(|(_, align)| *align).collect();
        layout.fields = members.into_iter().map(|(field, _)| field).collect();
        layout.inferred = true;
        layout.align = follow(&layout, &aligns);
        check(&layout)?;
        Ok(layout)
    }

    /// The field of this number, and the alignment of its type.
    fn member(&self, of: &Type<'a>, at: usize) -> Result<(FieldLayout, usize), Refusal> {
        let [name, number, place] = [0, 1, 2].map(|part| of.number(at * 3 + part));
        // With the flag, the upper byte says how many bits a bit-field has.
        let (first, mut bits) = match of.flag {
            true => ((place & 0xff_ffff) as usize, (place >> 24) as usize),
            false => (place as usize, 0),
        };
        let mut first = first;
        let name = self.table.text(name);
        let name = if name.is_empty() { "(anonymous)" } else { &*name };
        let size = self.size(number)?;
        let mut field = FieldLayout::new(name, &self.name(number)?, first / 8..first / 8 + size);
        self.budget.pay(&field)?;
        field.word = if size == 0 { Word::Plain } else { self.word(number)? };
        let (lengths, element) = self.repeat(number)?;
        if !lengths.is_empty() {
            let times = |count: u64, &length: &usize| count.saturating_mul(length as u64);
            let count = limited(lengths.iter().fold(1, times))?;
            field.repeat = Some(Repeat { count, stride: self.size(element)? });
            if count == 0 {
                field.role = Role::Flexible;
            }
            field.shape = if lengths.len() > 1 { lengths } else { Vec::new() };
        }
        let (core, core_type) = self.core(element)?;
        if is_aggregate(core_type.kind) {
            field.inner = Some(self.layout(core)?);
        }
        if core_type.kind == kind::INT && bits == 0 && !of.flag {
            // The older way: a number that has fewer bits than its bytes.
            let (within, count) = (core_type.number(0) >> 16 & 0xff, core_type.number(0) & 0xff);
            if count as usize != core_type.size_or_type as usize * 8 || !first.is_multiple_of(8) {
                (first, bits) = (first + within as usize, count as usize);
            }
        }
        if bits > 0 {
            field.offset = first / 8;
            field.size = (first + bits).div_ceil(8) - field.offset;
            field.bits = Some(Bits { first, count: bits, unit: size });
        }
        Ok((field, self.align(number)?))
    }

    /// The value of this number of an enum.
    fn value(&self, of: &Type<'a>, at: usize) -> Variant {
        let wide = of.kind == kind::ENUM_64;
        let part = |part| of.number(at * if wide { 3 } else { 2 } + part);
        let value = match (wide, of.flag) {
            (false, true) => i64::from(part(1) as i32).to_string(),
            (false, false) => part(1).to_string(),
            (true, signed) => {
                let value = u64::from(part(2)) << 32 | u64::from(part(1));
                if signed { (value as i64).to_string() } else { value.to_string() }
            }
        };
        let name = self.table.text(part(0)).into_owned();
        Variant { name, tag_value: Some(value), ..Variant::default() }
    }
}

fn unnamed(kind: u8) -> String {
    anonymous(match kind {
        kind::UNION => TypeKind::Union,
        kind::ENUM | kind::ENUM_64 => TypeKind::Enum,
        _ => TypeKind::Struct,
    })
}

/// The type of C's that an enum of these bytes has.
fn tag(of: &Type<'_>) -> &'static str {
    match (of.size_or_type, of.flag) {
        (1, true) => "signed char",
        (1, false) => "unsigned char",
        (2, true) => "short int",
        (2, false) => "short unsigned int",
        (8, true) => "long int",
        (8, false) => "long unsigned int",
        (_, true) => "int",
        (_, false) => "unsigned int",
    }
}
