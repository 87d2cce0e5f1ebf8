//! What `--format source` prints compiles: with the assertions that it prints, beside the sample that
//! the type comes from.

use std::process::Command;

use racelab_layout::dwarf::list;
use racelab_layout::words::source_text;
use racelab_layout::{FieldLayout, Judged, Language, Role, TypeKind};

use crate::build::{built, folder, run, samples, skip};

#[test]
fn printed_types_compile_where_their_sample_does() {
    for (binary, compiler, sample) in
        [("c-gcc-5", "gcc", "sample.c"), ("cpp-gcc", "g++", "sample.cpp")]
    {
        let binary = match built(binary) {
            Ok(binary) => binary,
            Err(why) => {
                skip(sample, &why);
                continue;
            }
        };
        let text = std::fs::read_to_string(samples().join(sample)).expect("a sample");
        let types = list(&binary).expect("it is readable");
        let own = types.iter().filter(|layout| {
            let name = layout.name.strip_prefix("lab::").unwrap_or(&layout.name);
            let plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
            let c = matches!(layout.language, Language::C | Language::Cpp);
            let c = c && layout.kind != TypeKind::Enum;
            plain && c && text.contains(&format!(" {name} "))
        });
        let mut source = format!("#include <stddef.h>\n#include \"{sample}\"\n");
        source += if sample.ends_with("cpp") { "using namespace lab;\n" } else { "" };
        let mut printed = 0;
        let mut special = Vec::new();
        for layout in own {
            let told = |field: &FieldLayout| match field.role {
                Role::VtablePointer => Some("virtual functions"),
                Role::VirtualBase => Some("virtual base"),
                _ if field.type_name.contains("::*)") => Some("pointer to a function of a class"),
                _ if field.type_name.ends_with("::*") => Some("pointer to a field of a class"),
                _ => None,
            };
            special.extend(layout.fields.iter().filter_map(told));
            let mut again = layout.clone();
            again.name += "_printed";
            source += &source_text(&Judged::new(again, 64), None);
            printed += 1;
        }
        assert!(printed > 4, "{printed} of {sample}");
        let path = folder().expect("a folder").join(format!("printed-{sample}"));
        std::fs::write(&path, &source).expect("it is written");
        let mut command = Command::new(compiler);
        command.args(["-fsyntax-only", "-w", "-I"]).arg(samples()).arg(&path);
        if let Err(why) = run(&mut command) {
            panic!("{why}\n{source}");
        }
        special.sort_unstable();
        special.dedup();
        assert_eq!(special.len(), if sample.ends_with("cpp") { 4 } else { 0 }, "{special:?}");
        println!("{printed} types of {sample} compile as they are printed");
    }
}
