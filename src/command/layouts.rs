//! `racelab layout` in this program: the types of every demo, and of SafeMap.

use super::layout::{self, LayoutArgs};
use super::{Ending, Out};
use racelab::demos;
use racelab::layout::TypeLayout;

/// Looks up, judges and prints.
pub fn run(arguments: &LayoutArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let (json, width) = (out.json, out.page.width);
    let arguments = LayoutArgs { json, width, ..arguments.clone() };
    let code = layout::run(&arguments, &registry(), out.writer())?;
    Ok(Ending::from_code(code))
}

/// The memory of each version of each demo, named `torn-header/broken Header`.
pub fn registry() -> Vec<TypeLayout> {
    let mut types: Vec<TypeLayout> = Vec::new();
    for demo in demos::every() {
        for version in demo.versions {
            for mut layout in (version.scenario.layouts)() {
                layout.name = format!("{}/{} {}", demo.name, version.name(), layout.name);
                types.push(layout);
            }
        }
    }
    types
}
