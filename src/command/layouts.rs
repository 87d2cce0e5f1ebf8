//! `racelab layout` in this program: the memory of every demo, SafeMap and its rivals.

use racelab::demo::Demo;
use racelab::layout::TypeLayout;
use racelab::{Fields, SafeMap, demos};

use super::layout::{self, LayoutArgs};
use super::{Ending, Out};

/// Looks up, judges and prints.
pub fn run(arguments: &LayoutArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let (json, width) = (out.json, out.page.width);
    let arguments = LayoutArgs { json, width, ..arguments.clone() };
    let code = layout::run(&arguments, &registry(), out.writer())?;
    Ok(Ending::from_code(code))
}

/// The memory of each version of each demo, named `torn-header/broken Header`; SafeMap and its
/// rivals under their own names, as a program of today would use them.
fn registry() -> Vec<TypeLayout> {
    let mut types: Vec<TypeLayout> = demos::ALL.iter().flat_map(Demo::layouts).collect();
    let mut known = Vec::new();
    SafeMap::<u64, u64>::layouts(&mut known);
    for version in demos::safe_map::DEMO.versions {
        for layout in (version.scenario.layouts)() {
            // The memory of a race, and the models' own copies, are nobody's types.
            if layout.name != "Memory" && !known.iter().any(|other| other.name == layout.name) {
                known.push(layout);
            }
        }
    }
    types.extend(known);
    types
}
