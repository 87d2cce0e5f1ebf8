//! A suggested order as source, with the assertions that hold it.

mod c;

use crate::suggest::Suggestion;
use crate::words::suggestion::suggestion_words;
use crate::{FieldLayout, Judged, Language, Role, TypeKind, TypeLayout};

/// The type in the suggested order, or as it is where nothing is suggested, in the language that it
/// was written in; what the suggestion says stands before it as a comment.
pub fn source_text(judged: &Judged, suggestion: Option<&Suggestion>) -> String {
    let after = match suggestion {
        Some(Suggestion::Separate(_, after) | Suggestion::Reorder(after)) => &after.layout,
        _ => &judged.layout,
    };
    let words = suggestion.map_or_else(String::new, |s| suggestion_words(judged, s, 76));
    let mut out: String = words.lines().map(|line| format!("// {line}\n")).collect();
    if after.kind == TypeKind::Enum {
        let name = crate::names::short(&after.name);
        return format!("{out}// {name} is an enum: its variants have no order to be changed.\n");
    }
    let starts = match suggestion {
        Some(Suggestion::Separate(groups, _)) => {
            groups.iter().filter_map(|group| group.fields.first().cloned()).collect()
        }
        _ => Vec::new(),
    };
    let printer = Printer { layout: after, starts, line: judged.cache_line };
    out.push_str(&match after.language {
        Language::Rust => printer.rust(),
        Language::Go => printer.go(),
        _ => printer.c(),
    });
    out
}

struct Printer<'a> {
    layout: &'a TypeLayout,
    /// The fields that start a line of their own.
    starts: Vec<String>,
    line: usize,
}

impl Printer<'_> {
    fn name(&self) -> String {
        let name = crate::names::short(&self.layout.name);
        name.split(['<', '[', '.'])
            .next_back()
            .filter(|_| self.layout.language == Language::Go)
            .unwrap_or(name.split(['<', '[']).next().unwrap_or_default())
            .to_owned()
    }

    fn fields(&self) -> impl Iterator<Item = &FieldLayout> {
        self.layout.fields.iter().filter(|field| {
            matches!(field.role, Role::Member | Role::Flexible) && !field.name.is_empty()
        })
    }

    fn place(field: &FieldLayout) -> String {
        format!("{}..{}", field.offset, field.end())
    }

    fn rust(&self) -> String {
        let name = self.name();
        let align =
            if self.starts.is_empty() { String::new() } else { format!(", align({})", self.line) };
        let mut out = format!("#[repr(C{align})]\nstruct {name} {{\n");
        for field in self.fields() {
            let wide = self.starts.contains(&field.name) && field.offset > 0;
            let note =
                if wide { ", in a line of its own: wrap it in a #[repr(align)] type" } else { "" };
            out.push_str(&format!(
                "    {}: {}, // {}{note}\n",
                field.name,
                field.type_name,
                Self::place(field)
            ));
        }
        out.push_str("}\n");
        out.push_str(&format!(
            "const _: () = assert!(size_of::<{name}>() == {});\n",
            self.layout.size
        ));
        for field in self.fields() {
            out.push_str(&format!(
                "const _: () = assert!(std::mem::offset_of!({name}, {}) == {});\n",
                field.name, field.offset
            ));
        }
        out
    }

    fn go(&self) -> String {
        let name = self.name();
        let mut out = format!("type {name} struct {{\n");
        let mut end = 0;
        for field in self.fields() {
            if self.starts.contains(&field.name) && field.offset > end {
                out.push_str(&format!("\t_ [{}]byte\n", field.offset - end));
            }
            end = field.end();
            out.push_str(&format!(
                "\t{} {} // {}\n",
                field.name,
                field.type_name,
                Self::place(field)
            ));
        }
        if !self.starts.is_empty() && self.layout.size > end {
            out.push_str(&format!("\t_ [{}]byte\n", self.layout.size - end));
        }
        out.push_str("}\n\n// It does not compile where one of these is otherwise.\n");
        out.push_str(&format!(
            "var _ = [1]struct{{}}{{}}[unsafe.Sizeof({name}{{}})-{}]\n",
            self.layout.size
        ));
        for field in self.fields().filter(|field| field.name != "_") {
            out.push_str(&format!(
                "var _ = [1]struct{{}}{{}}[unsafe.Offsetof({name}{{}}.{})-{}]\n",
                field.name, field.offset
            ));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_struct_is_printed_so_that_it_compiles() {
        let field = |name: &str, of: &str, at: usize, size: usize| {
            FieldLayout::new(name, of, at..at + size)
        };
        let layout = TypeLayout {
            name: "job".to_owned(),
            size: 24,
            align: 8,
            language: Language::C,
            fields: vec![
                field("call", "void (*)()", 0, 8),
                field("name", "char[8]", 8, 8),
                field("n", "int", 16, 4),
            ],
            ..TypeLayout::default()
        };
        let expected = "\
struct job {
    void (*call)(); // 0..8
    char name[8]; // 8..16
    int n; // 16..20
};
_Static_assert(sizeof(struct job) == 24, \"size\");
_Static_assert(offsetof(struct job, call) == 0, \"call\");
_Static_assert(offsetof(struct job, name) == 8, \"name\");
_Static_assert(offsetof(struct job, n) == 16, \"n\");
";
        assert_eq!(source_text(&Judged::new(layout, 64), None), expected);
    }
}
