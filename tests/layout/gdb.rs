//! gdb says where the direct members of every type lie that it can look up by name.

use std::path::Path;
use std::process::Command;

use racelab_layout::dwarf::list;
use racelab_layout::{FieldLayout, Role, TypeKind};

use crate::build::{RECIPES, built, run, skip};

/// Prints `name<tab>size<tab>bit:bits ...` for each type it knows of those in the file `names`.
const SCRIPT: &str = r#"
import gdb
def placed(type):
    return [f for f in type.fields() if hasattr(f, 'bitpos')]
def empty(type):
    return all(f.is_base_class and empty(f.type) for f in placed(type))
def bits(field):
    if field.bitsize: return field.bitsize
    if field.is_base_class and empty(field.type): return 0
    return field.type.strip_typedefs().sizeof * 8
def look_up(name):
    for keyword in ('', 'struct ', 'union '):
        try: return gdb.lookup_type(keyword + name).strip_typedefs()
        except gdb.error: pass
for name in open(NAMES):
    name = name.rstrip('\n')
    found = look_up(name)
    try:
        fields = placed(found)
        print(name, found.sizeof, ' '.join('%d:%d' % (f.bitpos, bits(f)) for f in fields), sep='\t')
    except (AttributeError, TypeError):
        pass
"#;

#[test]
fn every_struct_agrees_with_gdb() {
    if let Err(why) = run(Command::new("gdb").arg("--version")) {
        return skip("gdb", &why);
    }
    let mut agreed = 0;
    for recipe in RECIPES {
        match built(recipe.name) {
            Ok(binary) => agreed += compare(recipe.name, &binary),
            Err(why) => skip(recipe.name, &why),
        }
    }
    println!("gdb: {agreed} structs agree");
    assert!(agreed > 0 || RECIPES.iter().all(|recipe| built(recipe.name).is_err()));
}

fn compare(name: &str, binary: &Path) -> usize {
    let ours = list(binary).unwrap_or_else(|error| panic!("{name}: {error}"));
    // gdb has one type for a name: where there are several, it is not known which it shows.
    let alone = |name: &str| ours.iter().filter(|layout| layout.name == name).count() == 1;
    let structs: Vec<_> = ours
        .iter()
        .filter(|layout| layout.kind != TypeKind::Enum && alone(&layout.name))
        .filter(|layout| !layout.name.contains("(anonymous"))
        .collect();
    let (names, script) = (binary.with_extension("names"), binary.with_extension("py"));
    let list: Vec<&str> = structs.iter().map(|layout| layout.name.as_str()).collect();
    std::fs::write(&names, list.join("\n")).expect("a file for the names");
    std::fs::write(&script, format!("NAMES = {names:?}\n{SCRIPT}")).expect("a file for the script");
    let printed = run(Command::new("gdb").args(["-batch", "-nx", "-x"]).arg(&script).arg(binary));
    let printed = printed.unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut agreed = 0;
    for line in printed.lines() {
        let mut parts = line.split('\t');
        let (Some(of), Some(size), Some(members)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let Some(layout) = structs.iter().find(|layout| layout.name == of) else {
            continue;
        };
        let mut theirs: Vec<String> = members.split_whitespace().map(str::to_owned).collect();
        // gdb places virtual bases only in a running program.
        let own = layout.fields.iter().filter(|field| field.role != Role::VirtualBase);
        let mut ours: Vec<String> = own.map(place).collect();
        theirs.sort();
        ours.sort();
        assert_eq!((size, &theirs), (layout.size.to_string().as_str(), &ours), "{name} {of}");
        agreed += 1;
    }
    println!("{name}: {agreed} of {} structs agree with gdb", structs.len());
    agreed
}

fn place(field: &FieldLayout) -> String {
    match field.bits {
        Some(bits) => format!("{}:{}", bits.first, bits.count),
        None => format!("{}:{}", field.offset * 8, field.size * 8),
    }
}
