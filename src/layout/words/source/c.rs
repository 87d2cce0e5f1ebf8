//! A type as C and C++ declare it, with the attributes that its places need.

use super::Printer;
use crate::{FieldLayout, Language, Role, TypeKind, TypeLayout};

impl Printer<'_> {
    pub(super) fn c(&self) -> String {
        let cpp = self.layout.language == Language::Cpp;
        let assert = if cpp { "static_assert" } else { "_Static_assert" };
        let base = |field: &FieldLayout| match field.role {
            Role::Base => Some(field.type_name.clone()),
            Role::VirtualBase => Some(format!("virtual {}", field.type_name)),
            _ => None,
        };
        let bases: Vec<String> = self.layout.fields.iter().filter_map(base).collect();
        let bases =
            if bases.is_empty() { String::new() } else { format!(" : {}", bases.join(", ")) };
        let (name, kind) = (self.name(), keyword(self.layout.kind));
        let attributes = attributes(self.layout, !self.starts.is_empty());
        let mut out = format!("{kind} {attributes}{name}{bases} {{\n");
        // The pointer to their table is the compiler's: any virtual function brings it.
        if self.layout.fields.iter().any(|field| field.role == Role::VtablePointer) {
            out.push_str("    virtual void its_functions();\n");
        }
        out.push_str(&self.members(self.layout, 1));
        out.push_str("};\n");
        let of = if cpp { name } else { format!("{kind} {name}") };
        out.push_str(&format!("{assert}(sizeof({of}) == {}, \"size\");\n", self.layout.size));
        for field in self.fields().filter(|field| field.bits.is_none() && !unnamed(&field.name)) {
            out.push_str(&format!(
                "{assert}(offsetof({of}, {0}) == {1}, \"{0}\");\n",
                field.name, field.offset
            ));
        }
        out
    }

    /// The members of a type, so many levels deep.
    fn members(&self, layout: &TypeLayout, level: usize) -> String {
        let aligned = if self.layout.language == Language::Cpp { "alignas" } else { "_Alignas" };
        let mut out = String::new();
        // The first member may lie in what a base leaves over.
        let based = |field: &FieldLayout| !matches!(field.role, Role::Member | Role::Flexible);
        let mut end = (!layout.fields.iter().any(based)).then_some(0_usize);
        for field in members(layout) {
            let next = end.map(|end| end.next_multiple_of(natural(field).max(1)));
            let skips = layout.kind == TypeKind::Struct
                && field.bits.is_none()
                && next.is_some_and(|next| field.offset > next);
            let align = match level == 1 && self.starts.contains(&field.name) {
                true => format!("{aligned}({}) ", self.line),
                false if skips => format!("{aligned}({}) ", 1 << field.offset.trailing_zeros()),
                false => String::new(),
            };
            end = Some(field.end());
            let place = format!("{}..{}", field.offset, field.end());
            out.push_str(&"    ".repeat(level));
            out.push_str(&format!("{align}{}; // {place}\n", self.declared(field, level)));
        }
        out
    }

    /// A field as C declares it: `int (*call)()`, `char name[8]`, `unsigned bits : 3`.
    fn declared(&self, field: &FieldLayout, level: usize) -> String {
        let mut of = field.type_name.clone();
        let mut name = if unnamed(&field.name) { String::new() } else { field.name.clone() };
        if let Some(at) = of.find('[').filter(|_| !of.contains('<') && !of.contains("(*")) {
            name.push_str(&of.split_off(at));
        }
        if let Some(inner) = &field.inner
            && unnamed(&of)
        {
            if inner.kind == TypeKind::Enum {
                return format!("int {name} /* an enum without a name */");
            }
            let (kind, members) = (keyword(inner.kind), self.members(inner, level + 1));
            let name = if name.is_empty() { name } else { format!(" {name}") };
            let attributes = attributes(inner, false);
            return format!("{kind} {attributes}{{\n{members}{}}}{name}", "    ".repeat(level));
        }
        // A `struct` is named by its keyword in C, and another name for it is not.
        let tagged = self.layout.language == Language::C;
        if let Some(inner) = field.inner.as_ref().filter(|inner| tagged && inner.name == of) {
            of = format!("{} {of}", keyword(inner.kind));
        }
        if let Some(class) = of.strip_suffix("::*") {
            return format!("{class}::*{name}");
        }
        if let Some((method, arguments)) = of.split_once("::*)") {
            return format!("{method}::*{name}){arguments}");
        }
        match (of.split_once("(*)"), field.bits) {
            (Some((result, arguments)), _) => format!("{result}(*{name}){arguments}"),
            (None, Some(bits)) => format!("{of} {name} : {}", bits.count),
            (None, None) => format!("{of} {name}"),
        }
    }
}

fn keyword(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct => "struct",
        TypeKind::Union => "union",
        TypeKind::Enum => "enum",
    }
}

fn unnamed(name: &str) -> bool {
    name.is_empty() || name.starts_with('(')
}

fn members(layout: &TypeLayout) -> impl Iterator<Item = &FieldLayout> {
    let member = |field: &&FieldLayout| {
        let inner = field.inner.as_ref().is_some_and(|inner| unnamed(&inner.name));
        matches!(field.role, Role::Member | Role::Flexible) && (!field.name.is_empty() || inner)
    };
    layout.fields.iter().filter(member)
}

/// The alignment that a field's type has by itself.
fn natural(field: &FieldLayout) -> usize {
    if let Some(inner) = &field.inner {
        return inner.align;
    }
    let element = field.repeat.as_ref().map_or(field.size, |repeat| repeat.stride);
    let most = 1 << element.max(1).trailing_zeros();
    if field.bits.is_some() { 1 } else { most.min(16) }
}

/// What a type must be said to be for its fields to lie where they do.
fn attributes(layout: &TypeLayout, starts: bool) -> String {
    let packed = members(layout).any(|field| !field.offset.is_multiple_of(natural(field)));
    let most = layout.fields.iter().filter(|field| field.size > 0).map(natural).max().unwrap_or(1);
    let plain = members(layout).all(|field| field.bits.is_none());
    let aligned = plain && !starts && layout.align > if packed { 1 } else { most };
    match (packed, aligned) {
        (true, true) => format!("__attribute__((packed, aligned({}))) ", layout.align),
        (true, false) => "__attribute__((packed)) ".to_owned(),
        (false, true) => format!("__attribute__((aligned({}))) ", layout.align),
        (false, false) => String::new(),
    }
}
